//! The checks: one family a file, run over the facts of a record.
//!
//! A rule runs when its version holds on the day that selects it, when the candidate's group is concerned and the chi bộ has not switched it
//! off. Checks report; they change nothing and judge nobody. A blank input makes a check silent unless the blank itself is the matter.

mod families;

#[cfg(feature = "procedure")]
pub(crate) use families::terms;

use crate::date::Date;
pub(crate) use crate::facts::Person;
use crate::facts::{Cut, Facts, Row};
use crate::finding::{Finding, Param, Severity};
#[cfg(feature = "procedure")]
use crate::holiday::Deadline;
#[cfg(feature = "procedure")]
use crate::record::Sheet;
use crate::record::{Place, Record};
use crate::rule::{self, Resolve, Rule, group};
use crate::settings::Settings;
use crate::text::equal;
use std::sync::OnceLock;

/// What the checks ask a list of administrative units.
pub trait Gazetteer {
    /// Whether commune and province are units on this day.
    fn is_current(&self, commune: &str, province: &str, day: Date) -> bool;
    /// Whether they were units before 1-7-2025; an empty district stands for any.
    fn is_old(&self, commune: &str, district: &str, province: &str) -> bool;
    /// The units (commune, province) of this day that an old unit became; more than one when it was divided.
    fn candidates(&self, commune: &str, district: &str, province: &str, day: Date) -> Vec<(String, String)>;
}

/// With what a record is checked.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Day to which the checks refer.
    pub act: Date,
    /// Settings of the chi bộ.
    pub settings: &'a Settings,
    /// The administrative units, once loaded; without them the checks on places keep silent.
    pub places: Option<&'a dyn Gazetteer>,
    /// Whether findings answered with a note to the chi bộ are kept (mentor and chi bộ see them, marked `noted`).
    pub keep_noted: bool,
    /// Own texts of other candidates on the same device, to find copied ones.
    pub other_texts: &'a [&'a str],
}

impl<'a> Context<'a> {
    /// A context without places.
    pub fn new(act: Date, settings: &'a Settings) -> Context<'a> {
        Context {
            act,
            settings,
            places: None,
            keep_noted: false,
            other_texts: &[],
        }
    }

    /// The same with places.
    pub fn with_places(mut self, places: &'a dyn Gazetteer) -> Context<'a> {
        self.places = Some(places);
        self
    }
}

/// Every rule, family by family; read from the families' texts when first asked for.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    let all = RULES.get_or_init(|| {
        let mut all = Vec::new();
        families::ALL.iter().for_each(|family| rule::read(family, &mut all));
        all
    });
    all.iter()
}

/// The families, as their texts stand.
#[cfg(all(test, feature = "procedure"))]
pub(crate) fn families() -> impl Iterator<Item = &'static rule::Family> {
    families::ALL.iter().copied()
}

/// The texts of the families whose checks the page leaves out.
#[cfg(feature = "procedure")]
pub(crate) fn texts_beyond_the_page() -> impl Iterator<Item = &'static str> {
    families::BEYOND_THE_PAGE.iter().map(|family| family.text)
}

/// The rule with this identifier.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|r| r.id == id)
}

/// Checks a record with every rule.
pub fn run(r: &Record, cx: &Context<'_>) -> Vec<Finding> {
    run_rules(&Cut::new(r), cx, None, |_| true)
}

/// Checks the answers of a file with every rule.
#[cfg(feature = "procedure")]
pub fn run_sheet(sheet: &Sheet<'_>, cx: &Context<'_>) -> Vec<Finding> {
    run_rules(&Cut::of_sheet(sheet), cx, None, |_| true)
}

/// Checks a record with one rule.
pub fn run_one(r: &Record, cx: &Context<'_>, id: &str) -> Vec<Finding> {
    run_rules(&Cut::new(r), cx, None, |rule| rule.id == id)
}

/// Checks a record with the rules whose identifiers are wanted.
#[cfg(feature = "procedure")]
pub(crate) fn run_wanted(r: &Record, cx: &Context<'_>, wanted: impl Fn(&str) -> bool) -> Vec<Finding> {
    run_rules(&Cut::new(r), cx, None, |rule| wanted(rule.id))
}

/// The findings that sit on a field or in a row (`birth_date`, `family/ab12`, `family/ab12/name`): only the rules that read it are run.
pub fn run_near(r: &Record, cx: &Context<'_>, place: &str) -> Vec<Finding> {
    let near = |rule: &Rule| rule.slugs().any(|read| touches(read, place));
    let mut found = run_rules(&Cut::new(r), cx, Some(place), near);
    // a finding on a whole place (`ancestral_home`) is near each of its parts; one on a whole group is not near each of its rows
    let part = |f: &Finding| {
        place
            .strip_prefix(f.place.as_str())
            .is_some_and(|rest| rest.starts_with('.'))
    };
    found.retain(|f| leads_to(&f.place, place) || part(f));
    found
}

/// Whether a path is another one, or one of its parts or rows.
fn leads_to(path: &str, whole: &str) -> bool {
    path.strip_prefix(whole)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '/']))
}

/// Whether a rule that reads `read` (`family[].name`, `political_history`) looks at the place.
///
/// `*` is the whole record: such a rule looks at every place.
pub(crate) fn touches(read: &str, place: &str) -> bool {
    if read == "*" {
        return true;
    }
    let mut segments = place.split('/');
    let (slug, cell) = (segments.next().unwrap_or(place), segments.nth(1));
    // group, `[]`, column, which may be a group in its turn
    let (own, column) = read.split_once('[').unwrap_or((read, ""));
    let part_of = |a: &str, b: &str| {
        a.strip_prefix(b)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let column = column.trim_matches([']', '.', '[']);
    let same_column = match cell {
        Some(cell) if !column.is_empty() => part_of(cell, column) || part_of(column, cell),
        _ => true,
    };
    (part_of(own, slug) || part_of(slug, own)) && same_column
}

/// Runs the rules that are wanted. Those that read the whole record look only around `near`, if that is given.
fn run_rules(cut: &Cut<'_>, cx: &Context<'_>, near: Option<&str>, wanted: impl Fn(&Rule) -> bool) -> Vec<Finding> {
    let facts = Facts::new(cut, cx);
    let cut_around = near.map(|place| cut.around(place));
    let around = cut_around.as_ref().map(|cut| Facts::new(cut, cx));
    let who = group_of(&facts);
    let mut out = Vec::new();
    let mut dated: Vec<(&str, Date)> = vec![("", cx.act)];
    for rule in rules() {
        let Some(check) = rule.check else { continue };
        if rule.applies & who == 0 || !wanted(rule) {
            continue;
        }
        let known = dated.iter().find(|(slug, _)| equal(slug, rule.date_by));
        let day = match known {
            Some((_, day)) => *day,
            None => {
                let day = facts.date(rule.date_by).unwrap_or(cx.act);
                dated.push((rule.date_by, day));
                day
            }
        };
        if rule.holds(day) && !rule.is_off(cx.settings) {
            let everything = || rule.slugs().any(|slug| slug == "*");
            check(&mut Probe {
                facts: around.as_ref().filter(|_| everything()).unwrap_or(&facts),
                rule,
                day,
                out: &mut out,
            });
        }
    }
    note(&facts, &mut out, cx.keep_noted);
    out
}

/// The candidate's group; everybody while it is not given.
pub(crate) fn group_of(facts: &Facts<'_>) -> u8 {
    match facts.text("profile.group") {
        "pupil" => group::PUPIL,
        "teacher" => group::TEACHER,
        "manager" => group::MANAGER,
        "staff" => group::STAFF,
        _ => group::ALL,
    }
}

/// Marks what the person answered with a note to the chi bộ, or drops it.
fn note(facts: &Facts<'_>, out: &mut Vec<Finding>, keep: bool) {
    for row in facts.rows("explanations") {
        if row.blank("text") {
            continue;
        }
        for f in out
            .iter_mut()
            .filter(|f| f.rule == row.text("rule") && f.source.resolve == Resolve::CorrectOrNote)
        {
            let whereabouts = match f.whereabouts {
                "" => facts.where_of(&f.place),
                own => own.to_string(),
            };
            f.noted = f.noted || row.is("where", &f.place) || row.is("where", &whereabouts);
        }
    }
    if !keep {
        out.retain(|f| !f.noted);
    }
}

/// Checks a mentor's note (form `note/1`). `earlier` are the mentor's earlier notes on the same person; `dossier` is whatever else is known
/// (procedure, family), if it is at hand.
pub fn run_note(note: &Record, earlier: &[&Record], dossier: Option<&Record>, cx: &Context<'_>) -> Vec<Finding> {
    const THIS: &str = "notes/this/";
    let mut whole = dossier.cloned().unwrap_or_default();
    for (at, old) in earlier.iter().enumerate() {
        whole.add_note(&format!("earlier{at:04}"), old.fields());
    }
    whole.add_note("this", note.fields());
    let mut found = run_rules(&Cut::new(&whole), cx, None, |rule| {
        rule.id.starts_with("MON-") || matches!(rule.id, "FMT-07" | "FMT-08" | "FMT-12")
    });
    found.retain_mut(|f| match f.place.strip_prefix(THIS) {
        Some(own) => {
            f.place = own.to_string();
            f.whereabouts = "";
            true
        }
        None => false,
    });
    found
}

/// What a check works with: the facts, its rule, and the list of findings.
pub(crate) struct Probe<'f, 'a> {
    pub facts: &'f Facts<'a>,
    pub rule: &'static Rule,
    /// Day that selected the version of the rule.
    pub day: Date,
    out: &'f mut Vec<Finding>,
}

impl<'f, 'a> Probe<'f, 'a> {
    pub fn block(&mut self, place: &str) -> &mut Finding {
        self.find(Severity::Block, place.to_string())
    }

    pub fn approve(&mut self, place: &str) -> &mut Finding {
        self.find(Severity::Approve, place.to_string())
    }

    pub fn explain(&mut self, place: &str) -> &mut Finding {
        self.find(Severity::Explain, place.to_string())
    }

    pub fn style(&mut self, place: &str) -> &mut Finding {
        self.find(Severity::Style, place.to_string())
    }

    pub fn approve_in(&mut self, row: &Row<'_>, cell: &str) -> &mut Finding {
        self.find(Severity::Approve, row.path(cell))
    }

    pub fn explain_in(&mut self, row: &Row<'_>, cell: &str) -> &mut Finding {
        self.find(Severity::Explain, row.path(cell))
    }

    pub fn style_in(&mut self, row: &Row<'_>, cell: &str) -> &mut Finding {
        self.find(Severity::Style, row.path(cell))
    }

    pub fn find(&mut self, severity: Severity, place: String) -> &mut Finding {
        let at = self.out.len();
        self.out.push(Finding {
            rule: self.rule.id,
            severity,
            place,
            params: Vec::new(),
            case: "",
            noted: false,
            source: self.rule,
            day: self.day,
            whereabouts: "",
            calendar: String::new(),
        });
        #[expect(clippy::indexing_slicing)] // pushed one line above
        &mut self.out[at]
    }

    /// Adds a param to the last finding.
    pub fn last(&mut self, name: &'static str, value: Param) {
        if let Some(found) = self.out.last_mut() {
            found.params.push((name, value));
        }
    }

    /// Whether the province of the chi bộ is this one.
    pub fn in_province(&self, code: &str) -> bool {
        self.facts.settings.province == code
    }

    /// The day `n` working days after.
    #[cfg(feature = "procedure")]
    pub fn working_days(&self, from: Date, n: u32) -> Deadline {
        Deadline::after(from, n, self.facts.settings)
    }

    /// A deadline: reports when `done` (or the day of the act) lies behind `limit`.
    #[cfg(feature = "procedure")]
    pub fn late(&mut self, severity: Severity, place: &str, name: &'static str, limit: Deadline, done: Option<Date>) {
        if done.unwrap_or(self.facts.act) > limit.day {
            self.counted(severity, place, limit).with(name, limit.day);
        }
    }

    /// Reports what a deadline decides, with the calendar by which it was counted.
    #[cfg(feature = "procedure")]
    pub fn counted(&mut self, severity: Severity, place: &str, limit: Deadline) -> &mut Finding {
        let calendar = limit.calendar(self.facts.settings);
        let found = self.find(severity, place.to_string());
        found.calendar = calendar;
        found
    }
}

impl<'f, 'a> std::ops::Deref for Probe<'f, 'a> {
    type Target = Facts<'a>;

    fn deref(&self) -> &Facts<'a> {
        self.facts
    }
}

/// A person in a message: relation and name for people, name of the row for files.
pub(crate) fn person(row: &Row<'_>) -> Param {
    let relation = crate::form::relation(row.text("relation")).map_or("", |r| r.label);
    let name = row.text("name");
    let people = match (relation, name) {
        ("", "") => format!("người thứ {}", row.number_shown()),
        (relation, "") => relation.to_string(),
        ("", name) => name.to_string(),
        (relation, name) => format!("{relation} {name}"),
    };
    Param::Shown {
        file: row.name.to_string(),
        people,
    }
}

/// The codes of the cells in which nothing is written.
pub(crate) fn missing(row: &Row<'_>, cells: &[&'static str]) -> Vec<&'static str> {
    let mut missing = Vec::new();
    for cell in cells {
        if row.nothing(cell) {
            missing.push(*cell);
        }
    }
    missing
}

/// A month index as people write it: `5/2018`.
pub(crate) fn month(index: i32) -> String {
    format!("{}/{}", index.rem_euclid(12) + 1, index.div_euclid(12))
}

/// Whether two places are the same by commune and province, or one equals the other's former name. A side without data counts as equal.
pub(crate) fn same_place(a: &Place<'_>, b: &Place<'_>) -> bool {
    use crate::text::same;
    let blank = |p: &Place<'_>| p.commune.is_empty() && p.province.is_empty() && p.text.is_empty();
    if blank(a) || blank(b) {
        return true;
    }
    if !a.text.is_empty() && !b.text.is_empty() && same(a.text, b.text) {
        return true;
    }
    let pair = |ac: &str, ap: &str, bc: &str, bp: &str| {
        !ac.is_empty() && same(ac, bc) && (ap.is_empty() || bp.is_empty() || same(ap, bp))
    };
    pair(a.commune, a.province, b.commune, b.province)
        || pair(a.old_commune, a.old_province, b.commune, b.province)
        || pair(a.commune, a.province, b.old_commune, b.old_province)
        || pair(a.old_commune, a.old_province, b.old_commune, b.old_province)
}

#[cfg(test)]
mod answered;
#[cfg(all(test, feature = "procedure"))]
mod audit;
#[cfg(test)]
mod fuzz;
#[cfg(all(test, feature = "procedure"))]
mod said;
#[cfg(test)]
mod tests;
