//! Rules on population that an admission once touched. The page never asks: they speak only when the chi bộ says so.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("population.txt"),
    checks: &[("POP-01", population_until_2025), ("POP-02", population_since_2025)],
};

fn children(p: &Probe<'_, '_>) -> i32 {
    count(p.people().filter(|q| q.is("biological_child")))
}

/// POP-01.
fn population_until_2025(p: &mut Probe<'_, '_>) {
    let n = children(p);
    if n >= 3 {
        p.approve("family").with("n", n);
    }
}

/// POP-02.
fn population_since_2025(p: &mut Probe<'_, '_>) {
    if p.settings.ask_population && children(p) >= 3 {
        p.explain("family");
    }
}
