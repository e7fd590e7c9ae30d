//! What a rule is: identifier, words, severity, grounds by date, whom it concerns, which slugs it reads, and its check.
//!
//! Rules are data: each family in [`crate::check`] has a text that an officer can read (`src/rules/check/families/age.txt`), read once when first needed. Invariant:
//! identifiers, severities, citations and dates equal the reference list (a test compares them all). A rule without a check says why in `nothing_to_compute`.
//! A text and not a table, because a table of addresses costs a phone twice the bytes.

mod read;

pub(crate) use read::{Family, read};

use crate::check::Probe;
use crate::date::Date;
use crate::finding::Severity;
use crate::law::{Cited, Instrument, Seen};
use crate::settings::Settings;

/// What clears a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolve {
    /// Only a correction.
    Correct,
    /// A correction, or a note to the chi bộ.
    CorrectOrNote,
    /// Number and date of the competent level's decision.
    Authority,
    /// Nothing: it is only shown.
    Info,
}

impl Resolve {
    /// Name in the reference list.
    pub fn name(self) -> &'static str {
        match self {
            Resolve::Correct => "correct",
            Resolve::CorrectOrNote => "correct_or_note",
            Resolve::Authority => "authority",
            Resolve::Info => "info",
        }
    }
}

/// Groups of candidates, as bits.
pub(crate) mod group {
    /// Pupils.
    pub const PUPIL: u8 = 1;
    /// Teachers.
    pub const TEACHER: u8 = 2;
    /// Managers.
    pub const MANAGER: u8 = 4;
    /// Staff.
    pub const STAFF: u8 = 8;
    /// Everybody.
    pub const ALL: u8 = 15;
}

/// The check of a rule: looks at the facts and reports.
pub(crate) type Check = fn(&mut Probe<'_, '_>);

/// A rule.
pub struct Rule {
    /// Identifier, for example `LL-15b`.
    pub id: &'static str,
    /// What it asks, in a few words.
    pub title: &'static str,
    /// Message, with `{params}`.
    pub message: &'static str,
    /// Other wordings, by the name of the case.
    pub variants: Vec<(&'static str, &'static str)>,
    /// Severity it usually has.
    pub severity: Severity,
    /// Further severities it can have.
    pub also: Vec<Severity>,
    /// What clears it.
    pub resolve: Resolve,
    /// Who acts on it and the step of the procedure it belongs to.
    step: &'static str,
    /// Whom it concerns, as bits (1 pupil, 2 teacher, 4 manager, 8 staff).
    pub applies: u8,
    /// First day; `None` = always.
    pub since: Option<Date>,
    /// Last day; `None` = still.
    pub until: Option<Date>,
    /// Slug whose date selects the version; empty = the day of the act.
    pub date_by: &'static str,
    cited: &'static str,
    /// How sure the rule is at its best.
    pub seen: Seen,
    /// Province of a local rule.
    pub province: &'static str,
    reads: &'static str,
    /// Why nothing is computed; empty when there is a check.
    pub nothing_to_compute: &'static str,
    pub(crate) check: Option<Check>,
}

impl Rule {
    /// Who acts on it.
    pub fn actor(&self) -> &'static str {
        self.step.split(' ').next().unwrap_or("")
    }

    /// Step of the procedure it belongs to; `entry` for the dossier itself.
    pub fn stage(&self) -> &'static str {
        self.step.split(' ').nth(1).unwrap_or("")
    }

    /// Slugs it looks at.
    pub fn slugs(&self) -> impl Iterator<Item = &'static str> {
        self.reads.split(' ').filter(|slug| !slug.is_empty())
    }

    /// Grounds, by period.
    pub fn grounds(&self) -> impl Iterator<Item = Cited> {
        crate::law::cited(self.cited)
    }

    /// The last version of a presumed citation that was really seen, in the same rule.
    pub fn basis_of(&self, newer: &Cited) -> Option<Cited> {
        let mut older: Option<&Instrument> = newer.instrument.replaces();
        while let Some(instrument) = older {
            let found = self
                .grounds()
                .find(|c| c.instrument == instrument && c.seen != Seen::Presumed);
            if found.is_some() {
                return found;
            }
            older = instrument.replaces();
        }
        None
    }

    /// What it says, in each of its wordings, with "…" for what a dossier puts in.
    pub fn wordings(&self) -> Vec<String> {
        let further = self.variants.iter().map(|(_, wording)| *wording);
        std::iter::once(self.message).chain(further).map(with_gaps).collect()
    }

    /// Whom it concerns, in words.
    pub fn whom(&self) -> String {
        if self.applies == group::ALL {
            return "mọi người".to_string();
        }
        let named = [
            (group::PUPIL, "học sinh"),
            (group::TEACHER, "giáo viên"),
            (group::MANAGER, "cán bộ quản lý"),
            (group::STAFF, "nhân viên"),
        ];
        let concerned = named.iter().filter(|(bit, _)| self.applies & bit != 0);
        concerned.map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
    }

    /// Whether the rule holds on this day.
    pub fn holds(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether the chi bộ switched it off.
    pub(crate) fn is_off(&self, settings: &Settings) -> bool {
        self.can_be_off() && settings.rules_off.iter().any(|id| id == self.id)
    }

    /// Whether a chi bộ may switch it off.
    pub fn can_be_off(&self) -> bool {
        matches!(self.seen, Seen::Local | Seen::Interpretation)
    }
}

/// `{params}` become "…".
fn with_gaps(wording: &str) -> String {
    let mut parts = wording.split('{');
    let mut out = parts.next().unwrap_or("").to_string();
    for part in parts {
        out.push('…');
        out.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    out
}
