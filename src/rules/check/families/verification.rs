//! Verification of the dossier: only days and who was asked, never a result. Relatives abroad, which the candidate reports, are in `abroad`.

use super::prelude::*;
use crate::form::SIBLINGS;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("verification.txt"),
    checks: &[
        ("VER-01", who_is_verified),
        ("VER-02", adopted_children),
        ("VER-04", own_relative_is_a_member),
        ("VER-05", relative_of_the_spouse_is_a_member),
        ("VER-06", present_politics),
        ("VER-07", whole_family_local),
        ("VER-10", verifier_is_no_relative),
        ("VER-11", order_of_steps),
        ("VER-12", answers_in_time),
        ("VER-14", concluded_before_certified),
        ("VER-15", certified_before_the_meeting),
    ],
};

const VERIFICATIONS: &str = "procedure.verifications";
const CERTIFIED: &str = "procedure.certification_date";

/// Name of a verified person for people: the candidate or a relative.
pub(crate) fn whom(p: &Facts<'_>, id: &str) -> Param {
    if id == "self" {
        return Param::Code("self");
    }
    p.people()
        .find(|q| q.row.name == id)
        .map_or_else(|| Param::from(id), |q| person(&q.row))
}

fn is_answered(v: &Row<'_>) -> bool {
    v.date("replied_date").is_some() || !v.blank("waiver")
}

fn is_adult(p: &Probe<'_, '_>, born: Option<i32>) -> bool {
    born.is_some_and(|born| p.act.y - born >= 18)
}

/// VER-01.
fn who_is_verified(p: &mut Probe<'_, '_>) {
    if p.date(CERTIFIED).is_none() {
        return;
    }
    let relatives = [
        "father",
        "mother",
        "guardian",
        "husband",
        "wife",
        "spouse_father",
        "spouse_mother",
    ];
    let mut required = vec!["self"];
    for q in p.facts.people() {
        let child = q.is("biological_child") && is_adult(p, q.born);
        if !q.dead && (q.is_one_of(&relatives) || child) {
            required.push(q.row.name);
        }
    }
    for id in required {
        if !p.rows(VERIFICATIONS).any(|v| v.is("person", id) && is_answered(v)) {
            let who = whom(p, id);
            p.block(VERIFICATIONS).with("person", who);
        }
    }
}

/// VER-02.
fn adopted_children(p: &mut Probe<'_, '_>) {
    if !p.in_province("01") || p.date(CERTIFIED).is_none() {
        return;
    }
    let open = p.people().any(|q| {
        q.is("adopted_child")
            && !q.dead
            && is_adult(p, q.born)
            && !p.rows(VERIFICATIONS).any(|v| v.is("person", q.row.name))
    });
    if open {
        p.explain(VERIFICATIONS);
    }
}

/// Waivers of one side without a confirmed member among these relatives.
fn member_relative(p: &mut Probe<'_, '_>, side: &str, relations: &[&str]) {
    if !p.rows(VERIFICATIONS).any(|v| v.is("waiver", "member_relative")) {
        return;
    }
    let confirmed = p.people().any(|q| {
        !q.dead
            && q.is_one_of(relations)
            && q.row.is("party_member.answer", "có")
            && q.row.date("party_member.confirmed_date").is_some()
    });
    if confirmed {
        return;
    }
    for v in p.facts.rows(VERIFICATIONS) {
        if v.is("waiver", "member_relative") && v.is("side", side) {
            p.explain_in(v, "waiver");
        }
    }
}

/// VER-04.
fn own_relative_is_a_member(p: &mut Probe<'_, '_>) {
    let [a, b, c, d] = SIBLINGS;
    member_relative(p, "self", &["father", "mother", a, b, c, d, "biological_child"]);
}

/// VER-05.
fn relative_of_the_spouse_is_a_member(p: &mut Probe<'_, '_>) {
    let [a, b, c, d] = SPOUSE_SIBLINGS;
    member_relative(
        p,
        "spouse",
        &["husband", "wife", "spouse_father", "spouse_mother", a, b, c, d],
    );
}

/// VER-06.
fn present_politics(p: &mut Probe<'_, '_>) {
    if p.date(CERTIFIED).is_none() {
        return;
    }
    for v in p.facts.rows(VERIFICATIONS) {
        if v.is("waiver", "member_relative") && v.blank("current_politics_date") {
            let who = whom(p, v.text("person"));
            p.block(&v.path("current_politics_date")).with("person", who);
        }
    }
}

/// VER-07.
fn whole_family_local(p: &mut Probe<'_, '_>) {
    const CONFIRMED: &str = "procedure.all_local_confirmed_date";
    if p.blank(CONFIRMED) && p.rows(VERIFICATIONS).any(|v| v.is("waiver", "all_local")) {
        p.explain(CONFIRMED);
    }
}

/// VER-10.
fn verifier_is_no_relative(p: &mut Probe<'_, '_>) {
    let relations = [
        "father",
        "mother",
        "husband",
        "wife",
        "elder_brother",
        "elder_sister",
        "younger_brother",
        "younger_sister",
        "biological_child",
        "adopted_child",
        "spouse_father",
        "spouse_mother",
    ];
    for v in p.facts.rows(VERIFICATIONS) {
        let name = v.text("verifier_name");
        if name.is_empty() {
            continue;
        }
        let own = same(name, p.text("birth_name"));
        if own || p.people().any(|q| q.is_one_of(&relations) && same(q.name, name)) {
            p.block(&v.path("verifier_name")).with("name_index", v.number_shown());
        }
    }
}

/// VER-11.
fn order_of_steps(p: &mut Probe<'_, '_>) {
    let sent = p.rows(VERIFICATIONS).filter_map(|v| v.date("sent_date")).min();
    let replied = p.rows(VERIFICATIONS).filter_map(|v| v.date("replied_date")).max();
    let chain = [
        ("khai lý lịch", "declaration.date", p.date("declaration.date")),
        (
            "đóng dấu giáp lai",
            "procedure.stamping_date",
            p.date("procedure.stamping_date"),
        ),
        ("gửi thẩm tra", VERIFICATIONS, sent),
        ("trả lời thẩm tra", VERIFICATIONS, replied),
        (
            "chi ủy nhận xét",
            "procedure.branch_comment_date",
            p.date("procedure.branch_comment_date"),
        ),
        ("cấp ủy chứng nhận", CERTIFIED, p.date(CERTIFIED)),
    ];
    let mut last: Option<(&'static str, Date)> = None;
    for (step, slug, date) in chain {
        let Some(date) = date else { continue };
        if let Some((first, before)) = last
            && before > date
        {
            p.explain(slug).with("first", first).with("second", step);
        }
        last = Some((step, date));
    }
}

/// Working days in which a committee answers.
pub(crate) fn to_answer(v: &Row<'_>) -> u32 {
    if v.is("abroad", "có") { 90 } else { 30 }
}

/// VER-12.
fn answers_in_time(p: &mut Probe<'_, '_>) {
    for v in p.facts.rows(VERIFICATIONS) {
        let Some(received) = v.date("received_date").filter(|_| v.blank("waiver")) else {
            continue;
        };
        let limit = p.working_days(received, to_answer(v));
        if v.date("replied_date").unwrap_or(p.act) > limit.day {
            let who = whom(p, v.text("person"));
            p.late(Explain, &v.path("replied_date"), "limit", limit, v.date("replied_date"));
            p.last("person", who);
        }
    }
}

/// VER-14.
fn concluded_before_certified(p: &mut Probe<'_, '_>) {
    const CONCLUDED: &str = "procedure.verification_concluded_date";
    let Some(certified) = p.date(CERTIFIED) else { return };
    if p.blank(CONCLUDED) || p.date(CONCLUDED).is_some_and(|concluded| concluded > certified) {
        p.block(CONCLUDED);
    }
}

/// VER-15.
fn certified_before_the_meeting(p: &mut Probe<'_, '_>) {
    let Some(meeting) = p.date(MEETING).filter(|_| p.in_province("01")) else {
        return;
    };
    if p.blank(CERTIFIED) || p.date(CERTIFIED).is_some_and(|certified| certified > meeting) {
        p.explain(CERTIFIED);
    }
}
