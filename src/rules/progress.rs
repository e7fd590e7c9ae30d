//! How far a section is: what is asked, what is filled, what wants another look.
//!
//! Counted are the questions whose blank would be a gap; what a person may leave out is never counted against them.

use crate::finding::{Finding, Severity};
use crate::form::{self, Field, Form, Kind, Section};
use crate::record::Record;

/// Where a section stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Everything asked is filled and nothing wants another look.
    Done,
    /// Something asked is still blank.
    Open,
    /// A finding wants another look.
    Look,
    /// Nothing is written yet.
    Empty,
    /// Not written by the person at all.
    Locked,
}

/// Counts of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionState {
    /// Questions that must be answered.
    pub asked: usize,
    /// Of these, answered.
    pub filled: usize,
    /// Findings of severity block.
    pub block: usize,
    /// Findings of severity approve: the person has done their part.
    pub approve: usize,
    /// Findings of severity explain.
    pub explain: usize,
    /// Findings of severity style.
    pub style: usize,
    /// Where it stands.
    pub state: State,
}

/// The state of one section.
pub fn of_section(r: &Record, form: &'static Form, section: &'static Section, findings: &[Finding]) -> SectionState {
    let mut out = SectionState {
        asked: 0,
        filled: 0,
        block: 0,
        approve: 0,
        explain: 0,
        style: 0,
        state: State::Empty,
    };
    let mut written = false;
    let mut any = false;
    for f in section.items.iter().flat_map(|i| i.fields) {
        any = any || f.kind.is_written();
        written = written || (f.kind.is_written() && !r.is_blank(f.slug));
        count(r, f, None, &mut out);
    }
    for finding in findings
        .iter()
        .filter(|f| !f.noted && section_of(form, &f.place).is_some_and(|s| s.slug == section.slug))
    {
        match finding.severity {
            Severity::Block => out.block += 1,
            Severity::Approve => out.approve += 1,
            Severity::Explain => out.explain += 1,
            Severity::Style => out.style += 1,
        }
    }
    out.state = if !any {
        State::Locked
    } else if !written && out.asked > 0 {
        State::Empty
    } else if out.block + out.explain > 0 {
        State::Look
    } else if out.filled < out.asked {
        State::Open
    } else {
        State::Done
    };
    out
}

/// The section in which a record path stands.
pub fn section_of(form: &'static Form, place: &str) -> Option<&'static Section> {
    let slug = place.split('/').next().unwrap_or(place);
    let own = |f: &Field| {
        slug.strip_prefix(f.slug)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    form.sections
        .iter()
        .find(|s| s.items.iter().flat_map(|i| i.fields).any(own))
}

/// Counts a field and, for rows, the columns of each row.
fn count(r: &Record, f: &'static Field, row: Option<&str>, out: &mut SectionState) {
    if f.is_required(r, row) {
        out.asked += 1;
        out.filled += usize::from(f.is_filled(r, row));
    }
    if f.kind == Kind::Persons {
        for person in r.rows(f.slug) {
            let prefix = format!("{}/{person}", f.slug);
            for member in form::person_fields(r, &prefix) {
                count(r, member, Some(&prefix), out);
            }
        }
    } else if matches!(f.kind, Kind::Rows | Kind::PeriodRows) && row.is_none() {
        for name in r.rows(f.slug) {
            let prefix = format!("{}/{name}", f.slug);
            for column in f.columns {
                count(r, column, Some(&prefix), out);
            }
        }
    }
}

#[cfg(test)]
mod tests;
