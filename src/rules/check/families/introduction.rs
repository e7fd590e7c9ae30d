//! Who introduces: the three paths, the helping member, the twelve months together, the papers 3-KNĐ, 4-KNĐ and 4A-KNĐ.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("introduction.txt"),
    checks: &[
        ("INT-01", two_members),
        ("INT-02", youth_union_path),
        ("INT-03", trade_union_path),
        ("INT-04", out_of_youth_age),
        ("INT-05", helper_is_a_full_member),
        ("INT-06", twelve_months_together),
        ("INT-07", replaced_helper),
        ("INT-08", assigned_by_resolution),
        ("INT-09", organisation_first),
        ("INT-10", votes_of_the_resolution),
        ("INT-11", content_of_the_introduction),
    ],
};

const PATH: &str = "procedure.introduction_path";
const INTRODUCTIONS: &str = "procedure.introductions";
const MENTORS: &str = "procedure.mentors";

fn dated_introductions(p: &Probe<'_, '_>) -> i32 {
    count(p.rows(INTRODUCTIONS).filter(|x| x.date("date").is_some()))
}

/// INT-01.
fn two_members(p: &mut Probe<'_, '_>) {
    let count = dated_introductions(p);
    if p.date(MEETING).is_some() && p.is(PATH, "two_members") && count < 2 {
        p.block(INTRODUCTIONS).with("count", count);
    }
}

/// The two paths through an organisation: who is a member of it, and the form of its resolution.
fn through_an_organisation(
    p: &mut Probe<'_, '_>,
    path: &str,
    member: &'static str,
    who: &'static str,
    form: &'static str,
) {
    if p.date(MEETING).is_none() || !p.is(PATH, path) {
        return;
    }
    if !p.is(member, "có") {
        p.block(member).with("missing", who);
    }
    if p.blank("procedure.union_resolution.date") || !p.is("procedure.union_resolution.kind", form) {
        p.block("procedure.union_resolution.date").with("missing", form);
    }
    if dated_introductions(p) < 1 {
        p.block(INTRODUCTIONS).with("missing", "3-KNĐ");
    }
}

/// INT-02.
fn youth_union_path(p: &mut Probe<'_, '_>) {
    through_an_organisation(p, "youth_union", "youth_union_admission.member", "đoàn viên", "4-KNĐ");
}

/// INT-03.
fn trade_union_path(p: &mut Probe<'_, '_>) {
    through_an_organisation(
        p,
        "trade_union",
        "profile.trade_union_member.answer",
        "đoàn viên công đoàn",
        "4A-KNĐ",
    );
}

/// INT-04.
fn out_of_youth_age(p: &mut Probe<'_, '_>) {
    if !p.in_province("01") || !p.is(PATH, "youth_union") {
        return;
    }
    let (Some(born), Some(meeting)) = (p.date("birth_date"), p.date(MEETING)) else {
        return;
    };
    if add_months(born, 360) < meeting && meeting <= add_months(born, 420) {
        p.explain(PATH).with("age_years", months_completed(born, meeting) / 12);
    }
}

/// INT-05.
fn helper_is_a_full_member(p: &mut Probe<'_, '_>) {
    for k in p.facts.rows(MENTORS) {
        let place = k.path("official_date");
        if k.blank("official_date") {
            p.explain(&place).case("unknown");
            continue;
        }
        let Some(official) = k.date("official_date") else {
            continue;
        };
        let assigned = k.date("assigned_date");
        let introduced = p
            .facts
            .rows(INTRODUCTIONS)
            .filter(|x| !x.blank("name") && same(x.text("name"), k.text("name")))
            .filter_map(|x| x.date("date"))
            .find(|date| official > *date);
        if let Some(assigned) = assigned.filter(|a| official > *a) {
            p.block(&place).with("assigned_date", assigned);
        } else if let Some(date) = introduced {
            p.block(&place)
                .with("assigned_date", date)
                .with("introduction_date", date);
        }
    }
}

/// Months the helper and the candidate have been in one unit.
const TOGETHER: i32 = 12;

/// INT-06.
fn twelve_months_together(p: &mut Probe<'_, '_>) {
    if p.date("transfer.certificate_date").is_some() {
        return;
    }
    for x in p.facts.rows(INTRODUCTIONS) {
        let mentor = p
            .facts
            .rows(MENTORS)
            .find(|k| !k.blank("name") && same(k.text("name"), x.text("name")));
        let (Some(mentor), Some(date)) = (mentor.filter(|k| k.index == 0), x.date("date")) else {
            continue;
        };
        let (Some(a), Some(b)) = (mentor.date("at_unit_from"), p.date("procedure.candidate_unit_from")) else {
            p.explain_in(mentor, "at_unit_from").case("unknown");
            continue;
        };
        let start = a.max(b);
        let months = months_completed(start, date);
        if months < TOGETHER {
            p.block(&x.path("date"))
                .with("months", months)
                .with("earliest_date", add_months(start, TOGETHER));
        }
    }
}

/// INT-07.
fn replaced_helper(p: &mut Probe<'_, '_>) {
    let mentors: Vec<Row<'_>> = p.facts.rows(MENTORS).copied().collect();
    for pair in mentors.windows(2) {
        let [before, k] = pair else { continue };
        let mut lacks: Vec<&'static str> = missing(k, &["resolution_no", "assigned_date"]);
        lacks.extend(missing(before, &["ended_date"]));
        if !matches!(before.text("end_reason"), "moved" | "disciplined" | "other") {
            lacks.push("end_reason");
        }
        if !lacks.is_empty() {
            p.block(&k.path("")).with("missing", lacks);
        } else if let (Some(assigned), Some(ended)) = (k.date("assigned_date"), before.date("ended_date"))
            && assigned < ended
        {
            p.explain_in(k, "assigned_date").case("too_early");
        }
    }
}

/// INT-08.
fn assigned_by_resolution(p: &mut Probe<'_, '_>) {
    if let Some(k) = p.facts.rows(MENTORS).next()
        && (k.blank("resolution_no") || k.blank("assigned_date"))
    {
        p.explain_in(k, "resolution_no");
    }
}

/// INT-09.
fn organisation_first(p: &mut Probe<'_, '_>) {
    let Some(k) = p.facts.rows(MENTORS).next() else { return };
    let selected = p.date("procedure.union_selection_date");
    let late = matches!((selected, k.date("assigned_date")), (Some(s), Some(a)) if s > a);
    if p.blank("procedure.union_selection_date") || late {
        p.explain("procedure.union_selection_date");
    }
}

/// INT-10.
fn votes_of_the_resolution(p: &mut Probe<'_, '_>) {
    let number = |name: &str| p.number(&format!("procedure.union_resolution.{name}"));
    let (Some(total), Some(agree), Some(against)) = (number("total"), number("agree"), number("against")) else {
        return;
    };
    if total <= 0.0 {
        return;
    }
    let share = 100.0 * agree / total;
    let off = number("percent").is_some_and(|percent| (percent - share).abs() > 0.5);
    if agree + against > total || off {
        p.explain("procedure.union_resolution.total")
            .with("agree", whole(agree))
            .with("against", whole(against))
            .with("total", whole(total))
            .with("percent", whole(share.round()));
    }
}

/// INT-11.
fn content_of_the_introduction(p: &mut Probe<'_, '_>) {
    for x in p.facts.rows(INTRODUCTIONS) {
        let lacks = missing(
            x,
            &[
                "admitted_date",
                "official_date",
                "branch",
                "assigned_date",
                "notes_on_lylich",
                "strengths",
                "weaknesses",
            ],
        );
        if !lacks.is_empty() {
            p.style_in(x, "").with("missing", lacks);
        }
    }
}
