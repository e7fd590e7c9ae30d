//! Votes of the chi bộ, the grassroots committee and the deciding level: arithmetic only.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("vote.txt"),
    checks: &[
        ("VOT-01", branch),
        ("VOT-02", grassroots),
        ("VOT-03", deciding_level),
        ("VOT-03b", deciding_level_changed),
        ("VOT-04", delegation),
        ("VOT-05", form_of_the_vote),
        ("VOT-06", content_of_the_resolution),
    ],
};

/// Agreeing and all, as whole numbers, when both are given.
fn votes(p: &Probe<'_, '_>, agree: &str, all: &str) -> Option<(i32, i32)> {
    Some((whole(p.number(agree)?), whole(p.number(all)?)))
}

fn below_two_thirds(agree: i32, all: i32) -> bool {
    3 * agree < 2 * all
}

/// Two thirds, rounded up.
fn two_thirds(all: i32) -> i32 {
    (2 * all + 2) / 3
}

const BRANCH: (&str, &str) = ("procedure.branch_vote.agree", "procedure.branch_vote.official");

/// VOT-01.
fn branch(p: &mut Probe<'_, '_>) {
    let Some((agree, official)) = votes(p, BRANCH.0, BRANCH.1) else {
        return;
    };
    if below_two_thirds(agree, official) {
        p.block(BRANCH.0)
            .with("agree", agree)
            .with("official", official)
            .with("needed", two_thirds(official));
    }
}

/// VOT-02.
fn grassroots(p: &mut Probe<'_, '_>) {
    let Some((agree, total)) = votes(p, "procedure.grassroots_vote.agree", "procedure.grassroots_vote.total") else {
        return;
    };
    if below_two_thirds(agree, total) {
        p.block("procedure.grassroots_vote.agree")
            .with("agree", agree)
            .with("total", total)
            .with("needed", two_thirds(total));
    }
}

const BODY: &str = "procedure.deciding_vote.body";

/// VOT-03.
fn deciding_level(p: &mut Probe<'_, '_>) {
    let Some((agree, total)) = votes(p, "procedure.deciding_vote.agree", "procedure.deciding_vote.total") else {
        return;
    };
    let needed = match p.text(BODY) {
        "delegated_grassroots" if below_two_thirds(agree, total) => two_thirds(total),
        "upper_standing" | "provincial_standing" if 2 * agree <= total => total / 2 + 1,
        _ => return,
    };
    p.block("procedure.deciding_vote.agree")
        .with("agree", agree)
        .with("total", total)
        .with("needed", needed);
}

/// VOT-03b.
fn deciding_level_changed(p: &mut Probe<'_, '_>) {
    if p.date("procedure.decision_date").is_some() && !p.blank(BODY) {
        p.explain(BODY);
    }
}

/// VOT-04.
fn delegation(p: &mut Probe<'_, '_>) {
    let small = p.number("procedure.delegation.members").is_some_and(|n| n <= 100.0);
    let short = p.number("procedure.delegation.good_years").is_some_and(|n| n < 3.0);
    if p.is(BODY, "delegated_grassroots") && (small || short) {
        p.explain("procedure.delegation.members");
    }
}

/// VOT-05.
fn form_of_the_vote(p: &mut Probe<'_, '_>) {
    let form = p.text("procedure.branch_vote.form");
    if p.date(MEETING).is_some() && !p.blank(BRANCH.0) && !matches!(form, "secret_ballot" | "card") {
        p.explain("procedure.branch_vote.form")
            .with("what", "hình thức biểu quyết");
    }
    let missed = votes(p, BRANCH.0, BRANCH.1).is_some_and(|(agree, official)| below_two_thirds(agree, official));
    if missed && !p.is("procedure.branch_vote.reported_up.answer", "có") {
        p.explain("procedure.branch_vote.reported_up.answer")
            .with("what", "báo cáo cấp trên");
    }
}

/// VOT-06.
fn content_of_the_resolution(p: &mut Probe<'_, '_>) {
    if p.date(MEETING).is_none() {
        return;
    }
    let mut lacks = Vec::new();
    for code in [
        "lylich",
        "awareness",
        "strengths_weaknesses",
        "ability",
        "mass_relations",
        "votes",
    ] {
        if p.is(&format!("procedure.branch_resolution_has.{code}"), "không") {
            lacks.push(code);
        }
    }
    if !lacks.is_empty() {
        p.explain("procedure.branch_resolution_has").with("missing", lacks);
    }
}
