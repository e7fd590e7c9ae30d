//! Reads the text of a family.
//!
//! A rule is a block of lines; a blank line ends it. First line: identifier, severity, what clears it. Second: what it asks. Third: the message. Then
//! what differs from the usual, one line each, begun by a word: `case` (name and wording of another message), `also` (further severities), `step` (who
//! acts, at which step), `for` (whom it concerns), `since`, `until`, `by` (whose date selects the version), `cited` (as [`crate::law::cited`] reads it),
//! `seen`, `province`, `reads` (slugs), `nothing` (why nothing is computed). Not here: the order of the families.

use super::{Check, Resolve, Rule, group};
use crate::date::Date;
use crate::finding::Severity;
use crate::law::Seen;

/// One family of rules.
pub(crate) struct Family {
    /// Its rules, as text.
    pub text: &'static str,
    /// The checks of those that compute something.
    pub checks: &'static [(&'static str, Check)],
}

/// Appends the rules of a text. The tests read every family; a line that is not understood would be left out.
pub(crate) fn read(family: &Family, out: &mut Vec<Rule>) {
    let mut lines = family.text.lines();
    while let Some(head) = lines.next() {
        let mut words = head.split(' ');
        let mut word = || words.next().unwrap_or("");
        let id = word();
        let mut rule = Rule {
            id,
            severity: severity(word()),
            resolve: resolve(word()),
            title: lines.next().unwrap_or(""),
            message: lines.next().unwrap_or(""),
            variants: Vec::new(),
            also: Vec::new(),
            step: "candidate entry",
            applies: group::ALL,
            since: None,
            until: None,
            date_by: "",
            cited: "",
            seen: Seen::Full,
            province: "",
            reads: "",
            nothing_to_compute: "",
            check: family
                .checks
                .iter()
                .find(|(own, _)| *own == id)
                .map(|(_, check)| *check),
        };
        for line in lines.by_ref().take_while(|line| !line.is_empty()) {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            rule.set(word, rest);
        }
        out.push(rule);
    }
}

impl Rule {
    fn set(&mut self, word: &str, rest: &'static str) {
        match word {
            "case" => self.variants.extend(rest.split_once(' ')),
            "also" => self.also.extend(rest.split(' ').map(severity)),
            "step" => self.step = rest,
            "for" => self.applies = rest.split(' ').map(bit).sum(),
            "since" => self.since = Date::from_iso(rest),
            "until" => self.until = Date::from_iso(rest),
            "by" => self.date_by = rest,
            "cited" => self.cited = rest,
            "seen" => self.seen = Seen::named(rest).unwrap_or(Seen::Full),
            "province" => self.province = rest,
            "reads" => self.reads = rest,
            "nothing" => self.nothing_to_compute = rest,
            _ => {}
        }
    }
}

fn severity(name: &str) -> Severity {
    let all = [Severity::Block, Severity::Approve, Severity::Explain];
    all.into_iter().find(|s| s.name() == name).unwrap_or(Severity::Style)
}

fn resolve(name: &str) -> Resolve {
    let all = [Resolve::Correct, Resolve::CorrectOrNote, Resolve::Authority];
    all.into_iter().find(|r| r.name() == name).unwrap_or(Resolve::Info)
}

fn bit(name: &str) -> u8 {
    match name {
        "pupil" => group::PUPIL,
        "teacher" => group::TEACHER,
        "manager" => group::MANAGER,
        "staff" => group::STAFF,
        _ => 0,
    }
}

#[cfg(all(test, feature = "procedure"))]
mod tests {
    use super::*;

    /// The block of a rule, written anew from what was read.
    fn written(r: &Rule) -> String {
        let mut out = format!(
            "{} {} {}\n{}\n{}\n",
            r.id,
            r.severity.name(),
            r.resolve.name(),
            r.title,
            r.message
        );
        let mut line = |word: &str, rest: String| {
            if !rest.is_empty() {
                out.push_str(&format!("{word} {rest}\n"));
            }
        };
        for (case, wording) in &r.variants {
            line("case", format!("{case} {wording}"));
        }
        let also: Vec<&str> = r.also.iter().map(|s| s.name()).collect();
        line("also", also.join(" "));
        line("step", r.step.replace("candidate entry", ""));
        let whom = ["pupil", "teacher", "manager", "staff"]
            .into_iter()
            .filter(|name| r.applies & bit(name) != 0);
        let whom: Vec<&str> = whom.collect();
        line(
            "for",
            if r.applies == group::ALL {
                String::new()
            } else {
                whom.join(" ")
            },
        );
        line("since", r.since.map(Date::iso).unwrap_or_default());
        line("until", r.until.map(Date::iso).unwrap_or_default());
        line("by", r.date_by.to_string());
        line("cited", r.cited.to_string());
        line(
            "seen",
            if r.seen == Seen::Full {
                String::new()
            } else {
                r.seen.name().to_string()
            },
        );
        line("province", r.province.to_string());
        line("reads", r.reads.to_string());
        line("nothing", r.nothing_to_compute.to_string());
        out
    }

    #[test]
    fn every_line_of_every_family_is_understood() {
        for family in crate::check::families() {
            let mut rules = Vec::new();
            read(family, &mut rules);
            let again: Vec<String> = rules.iter().map(written).collect();
            assert_eq!(again.join("\n"), family.text);
            for (id, _) in family.checks {
                assert!(rules.iter().any(|r| r.id == *id), "{id} has a check and no text");
            }
        }
    }
}
