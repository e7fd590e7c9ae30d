//! The papers of the dossier: how long they live, in which order they come, who must have been asked.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("papers.txt"),
    checks: &[
        ("DOS-01", twelve_months),
        ("DOS-02", oldest_paper),
        ("DOS-03", politics_again),
        ("DOS-04", own_application),
        ("DOS-06", after_permission),
        ("DOS-07", day_of_listing),
        ("DOS-08", everybody_asked),
        ("DOS-09", numbers_of_opinions),
        ("DOS-10", complete_before_the_vote),
        ("DOS-11", copies),
        ("DOS-12", parents_opinion),
    ],
};

const INTRODUCTIONS: &str = "procedure.introductions";
const APPLICATION: &str = "procedure.application_date";
const DECLARED: &str = "declaration.date";
const PERMITTED: &str = "procedure.permission_date";
const ORGANISATIONS: &str = "procedure.opinions.organisations";

/// Months a paper that can be redone lives.
pub(crate) const LIFE: i32 = 12;

/// Papers that are redone: place, name, day.
pub(crate) fn papers(p: &Facts<'_>) -> Vec<(String, &'static str, Date)> {
    let mut out: Vec<(String, &'static str, Date)> = p
        .rows(INTRODUCTIONS)
        .filter_map(|x| Some((x.path("date"), "3-KNĐ", x.date("date")?)))
        .collect();
    let union = match p.text("procedure.union_resolution.kind") {
        "4-KNĐ" => "4-KNĐ",
        "4A-KNĐ" => "4A-KNĐ",
        _ => "4-KNĐ/4A-KNĐ",
    };
    for (slug, name) in [
        ("procedure.union_resolution.date", union),
        ("procedure.opinions.date", "5-KNĐ"),
    ] {
        if let Some(date) = p.date(slug) {
            out.push((slug.to_string(), name, date));
        }
    }
    out
}

fn is_stale(paper: Date, meeting: Date) -> bool {
    meeting > add_months(paper, LIFE)
}

fn any_stale(p: &Probe<'_, '_>) -> bool {
    p.date(MEETING)
        .is_some_and(|meeting| papers(p).iter().any(|(_, _, date)| is_stale(*date, meeting)))
}

/// DOS-01.
fn twelve_months(p: &mut Probe<'_, '_>) {
    let Some(meeting) = p.date(MEETING) else { return };
    for (place, paper, date) in papers(p) {
        if is_stale(date, meeting) {
            p.block(&place)
                .with("paper", paper)
                .with("paper_date", date)
                .with("expires", add_months(date, LIFE));
        }
    }
}

/// DOS-02.
fn oldest_paper(p: &mut Probe<'_, '_>) {
    let Some(meeting) = p.date(MEETING) else { return };
    let own = [(APPLICATION, "đơn xin vào Đảng"), (DECLARED, "lý lịch")];
    let mut all: Vec<(String, &'static str, Date)> = own
        .iter()
        .filter_map(|(slug, name)| Some((slug.to_string(), *name, p.date(slug)?)))
        .collect();
    all.extend(papers(p));
    let Some((place, oldest, date)) = all.into_iter().min_by_key(|(_, _, date)| *date) else {
        return;
    };
    if is_stale(date, meeting) && !any_stale(p) {
        p.explain(&place).with("oldest", oldest).with("oldest_date", date);
    }
}

/// DOS-03.
fn politics_again(p: &mut Probe<'_, '_>) {
    if p.in_province("01") && any_stale(p) {
        p.explain(MEETING);
    }
}

/// From this share of equal shingles on, two texts count as copied.
const COPIED: f64 = 0.9;

/// DOS-04.
fn own_application(p: &mut Probe<'_, '_>) {
    if p.date(MEETING).is_some() && p.blank(APPLICATION) {
        p.block(APPLICATION);
    }
    let own = p.text("papers.application.text");
    if !own.is_empty() && p.other_texts.iter().any(|other| similarity(own, other) >= COPIED) {
        p.explain("papers.application.text").case("copied");
    }
}

/// DOS-06.
fn after_permission(p: &mut Probe<'_, '_>) {
    let Some(permitted) = p.date(PERMITTED) else {
        if p.blank(PERMITTED) && p.date(MEETING).is_some() {
            p.explain(PERMITTED).case("missing");
        }
        return;
    };
    for (slug, paper) in [(APPLICATION, "Đơn xin vào Đảng"), (DECLARED, "Lý lịch")] {
        if let Some(date) = p.date(slug).filter(|date| *date < permitted) {
            p.explain(slug)
                .with("paper", paper)
                .with("paper_date", date)
                .with("permission_date", permitted);
        }
    }
}

/// DOS-07.
fn day_of_listing(p: &mut Probe<'_, '_>) {
    const WRITTEN: &str = "papers.application.listed_date";
    let Some(written) = p.date(WRITTEN) else { return };
    match p.date("procedure.listed_date") {
        Some(listed) if listed != written => drop(p.explain(WRITTEN)),
        None if p.blank("procedure.listed_date") => drop(p.explain(WRITTEN).case("not_listed")),
        _ => {}
    }
}

/// DOS-08.
fn everybody_asked(p: &mut Probe<'_, '_>) {
    if p.date(MEETING).is_none() {
        return;
    }
    for o in p.facts.rows("profile.organisations") {
        let name = o.text("_");
        if !name.is_empty() && !p.rows(ORGANISATIONS).any(|asked| same(asked.text("name"), name)) {
            p.block(ORGANISATIONS).with("who", name);
        }
    }
    if p.blank("procedure.opinions.residence.date") {
        p.block("procedure.opinions.residence.date")
            .with("who", "chi ủy nơi cư trú");
    }
}

/// Whether the numbers of an opinion do not fit.
fn disagree(asked: Option<f64>, agree: Option<f64>, against: Option<f64>, percent: Option<f64>) -> bool {
    let (Some(asked), Some(agree)) = (asked, agree) else {
        return false;
    };
    let share = if asked > 0.0 { 100.0 * agree / asked } else { 0.0 };
    agree + against.unwrap_or(0.0) > asked || percent.is_some_and(|p| (p - share).abs() > 0.5)
}

/// DOS-09.
fn numbers_of_opinions(p: &mut Probe<'_, '_>) {
    for o in p.facts.rows(ORGANISATIONS) {
        if disagree(
            o.number("asked"),
            o.number("agree"),
            o.number("disagree"),
            o.number("percent"),
        ) {
            p.explain_in(o, "asked").with("who", o.text("name"));
        }
    }
    let number = |name: &str| p.number(&format!("procedure.opinions.residence.{name}"));
    if disagree(number("asked"), number("agree"), number("disagree"), number("percent")) {
        p.explain("procedure.opinions.residence.asked")
            .with("who", "chi ủy nơi cư trú");
    }
}

/// DOS-10.
fn complete_before_the_vote(p: &mut Probe<'_, '_>) {
    if p.date(MEETING).is_none() {
        return;
    }
    let mut lacks = Vec::new();
    if p.blank(DECLARED) {
        lacks.push("lý lịch 2-KNĐ");
    }
    if p.blank("procedure.certification_date") {
        lacks.push("chứng nhận lý lịch");
    }
    if p.rows(INTRODUCTIONS).next().is_none() {
        lacks.push("giấy giới thiệu 3-KNĐ");
    }
    if !lacks.is_empty() {
        p.block(MEETING).with("missing", lacks);
    }
}

/// DOS-11.
fn copies(p: &mut Probe<'_, '_>) {
    if !p.in_province("01") || p.date(MEETING).is_none() {
        return;
    }
    let mut lacks = Vec::new();
    for code in ["birth_certificate", "diploma"] {
        if !p.is(&format!("procedure.copies.{code}"), "có") {
            lacks.push(code);
        }
    }
    if !lacks.is_empty() {
        p.explain("procedure.copies.birth_certificate").with("missing", lacks);
    }
}

/// DOS-12.
fn parents_opinion(p: &mut Probe<'_, '_>) {
    if !p.in_province("01") || !p.is("profile.group", "pupil") {
        return;
    }
    let Some(listed) = p.date("procedure.listed_date") else {
        return;
    };
    let given = p.date("procedure.parents_opinion_date");
    if p.blank("procedure.parents_opinion_date") || given.is_some_and(|given| given > listed) {
        p.explain("procedure.parents_opinion_date");
    }
}
