//! Which rules differ between two versions of the program: a committed list of each version and the rules that are new or other in it.
//!
//! `rules.txt`: `= VERSION` opens a version, the oldest first; each line under it is a rule and the digest of its words, severity, dates and grounds from
//! that version on; a digest `-` takes the rule out. A test computes the digests, so that no rule changes its words unseen. A check whose code changes what it finds, its
//! words standing, is listed again by hand. Not here: what a rule says ([`rules::book`]).

use std::collections::{BTreeMap, BTreeSet};

/// How the rules of two versions differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Differ {
    /// Not at all.
    Same,
    /// In these rules.
    In(Vec<&'static str>),
    /// One of the versions is not in this program's list: it is newer, or was never released.
    Unknown,
}

/// The rules that differ between the version a hand-in was checked with and another.
pub fn rules_between(theirs: &str, ours: &str) -> Differ {
    between(include_str!("rules.txt"), theirs, ours)
}

fn between(list: &'static str, theirs: &str, ours: &str) -> Differ {
    if theirs == ours {
        return Differ::Same;
    }
    let (Some(theirs), Some(ours)) = (as_of(list, theirs), as_of(list, ours)) else {
        return Differ::Unknown;
    };
    let mut all = BTreeSet::new();
    all.extend(theirs.keys().chain(ours.keys()).copied());
    let differing: Vec<&'static str> = all
        .into_iter()
        .filter(|rule| theirs.get(rule) != ours.get(rule))
        .collect();
    if differing.is_empty() {
        Differ::Same
    } else {
        Differ::In(differing)
    }
}

/// Every rule of a version with its digest; `None` when the list does not have the version.
fn as_of(list: &'static str, version: &str) -> Option<BTreeMap<&'static str, &'static str>> {
    let mut rules = BTreeMap::new();
    let mut reached = false;
    for line in list.lines() {
        match (line.strip_prefix("= "), line.split_once(' ')) {
            (Some(_), _) if reached => break,
            (Some(own), _) => reached = own == version,
            (None, Some((rule, "-"))) => {
                rules.remove(rule);
            }
            (None, Some((rule, digest))) => {
                rules.insert(rule, digest);
            }
            (None, None) => {}
        }
    }
    reached.then_some(rules)
}

#[cfg(test)]
mod tests {
    use super::{Differ, as_of, between, rules_between};
    use rules::check;
    use rules::rule::Rule;
    use std::collections::BTreeMap;

    const LIST: &str = "= 1.0\nA 1\nB 1\nC 1\n= 1.1\n= 2.0\nB 2\nC -\nD 1\n= 3.0\nB 1\n";

    #[test]
    fn the_rules_that_differ_are_named() {
        let cases = [
            ("1.0", "1.0", Differ::Same),
            ("1.0", "1.1", Differ::Same),
            ("1.0", "2.0", Differ::In(vec!["B", "C", "D"])),
            ("2.0", "1.1", Differ::In(vec!["B", "C", "D"])),
            ("1.1", "3.0", Differ::In(vec!["C", "D"])),
            ("2.0", "3.0", Differ::In(vec!["B"])),
            ("4.0", "3.0", Differ::Unknown),
            ("", "3.0", Differ::Unknown),
            ("9", "9", Differ::Same),
        ];
        for (theirs, ours, expected) in cases {
            assert_eq!(between(LIST, theirs, ours), expected, "{theirs} {ours}");
        }
    }

    /// Everything of a rule that a reader could tell apart, as 32 bits of FNV-1a.
    fn digest(rule: &Rule) -> String {
        let grounds: Vec<String> = rule
            .grounds()
            .map(|c| {
                format!(
                    "{} {} {:?} {:?} {:?}",
                    c.instrument.id(),
                    c.point,
                    c.since,
                    c.until,
                    c.seen
                )
            })
            .collect();
        let told = format!(
            "{} {} {:?} {:?} {:?} {:?} {} {:?} {:?} {} {grounds:?} {:?} {} {}",
            rule.title,
            rule.message,
            rule.variants,
            rule.severity,
            rule.also,
            rule.resolve,
            rule.applies,
            rule.since,
            rule.until,
            rule.date_by,
            rule.slugs().collect::<Vec<_>>(),
            rule.province,
            rule.nothing_to_compute,
        );
        let fold = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
        format!("{:08x}", told.bytes().fold(2_166_136_261, fold))
    }

    #[test]
    fn the_list_tells_the_rules_of_this_version() {
        let version = env!("CARGO_PKG_VERSION");
        let own: BTreeMap<&str, String> = check::rules().map(|rule| (rule.id, digest(rule))).collect();
        assert!(own.len() > 200);
        let listed = as_of(include_str!("rules.txt"), version).unwrap_or_default();
        let listed: BTreeMap<&str, String> = listed
            .into_iter()
            .map(|(rule, digest)| (rule, digest.to_string()))
            .collect();
        let differing: Vec<String> = own
            .iter()
            .filter(|(rule, digest)| listed.get(*rule) != Some(digest))
            .map(|(rule, digest)| format!("{rule} {digest}"))
            .chain(
                listed
                    .keys()
                    .filter(|rule| !own.contains_key(*rule))
                    .map(|rule| format!("{rule} -")),
            )
            .collect();
        assert!(
            differing.is_empty(),
            "write into rules.txt, under `= {version}`:\n{}",
            differing.join("\n")
        );
        assert_eq!(rules_between(version, version), Differ::Same);
    }
}
