//! Items 12 and 13: joining the youth union, and an earlier membership of the Party.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("union.txt"),
    checks: &[
        ("LL-12", day_and_place_of_joining),
        ("LL-12b", day_agrees_everywhere),
        ("LL-12c", age_at_joining),
        ("LL-13", earlier_membership),
    ],
};

const MEMBER: &str = "youth_union_admission.member";
const DATE: &str = "youth_union_admission.date";

/// LL-12.
fn day_and_place_of_joining(p: &mut Probe<'_, '_>) {
    match p.text(MEMBER) {
        "" => drop(p.explain(MEMBER).with("missing", "trả lời có/không")),
        "có" => {
            if p.date(DATE).is_none() {
                p.explain(DATE).with("missing", "ngày, tháng, năm");
            }
            let blank = ["youth_union_admission.branch", "youth_union_admission.grassroots"]
                .into_iter()
                .find(|s| p.blank(s));
            if let Some(slug) = blank {
                p.explain(slug).with("missing", "nơi kết nạp");
            }
        }
        "không" if p.is("procedure.introduction_path", "youth_union") => drop(p.explain(MEMBER).case("path")),
        _ => {}
    }
}

/// LL-12b.
fn day_agrees_everywhere(p: &mut Probe<'_, '_>) {
    let Some(joined) = p.date(DATE) else { return };
    for (group, item) in [("life_history", 14), ("work_history", 15)] {
        for row in p.facts.periods(group) {
            let told = match row.from {
                Some(Typed::Full(day)) => day != joined,
                Some(Typed::Month { y, m }) => (y, m) != (joined.y, joined.m),
                Some(Typed::Year(y)) => y != joined.y,
                _ => false,
            };
            if row.is_event && row.row.is("event", "youth_union") && told {
                p.explain_in(&row.row, "from").with("item", Param::Item(item));
            }
        }
    }
    const APPLICATION: &str = "papers.application.youth_union_date";
    if p.date(APPLICATION).is_some_and(|written| written != joined) {
        p.explain(APPLICATION).with("item", "đơn");
    }
}

/// LL-12c.
fn age_at_joining(p: &mut Probe<'_, '_>) {
    let (Some(joined), Some(born)) = (p.date(DATE), p.date("birth_date")) else {
        return;
    };
    let age = joined.y - born.y;
    if age < 16 {
        p.explain(DATE).with("age", age);
    }
}

const APPLIES: &str = "readmission.applies.answer";
const INTRODUCERS: &str = "readmission.introducers";

/// LL-13.
fn earlier_membership(p: &mut Probe<'_, '_>) {
    let first = "readmission.first_admission_date";
    let any_introducer = p.rows(INTRODUCERS).any(|row| !row.cells.is_empty());
    if !p.is(APPLIES, "có") {
        let filled = [first, "readmission.official_date"]
            .into_iter()
            .find(|slug| !p.blank(slug));
        if let Some(slug) = filled.or(any_introducer.then_some(INTRODUCERS)) {
            p.explain(slug).case("fill").said_at("readmission");
        }
        return;
    }
    let branch = "readmission.first_admission_place.branch";
    if let Some(slug) = [first, branch].into_iter().find(|slug| p.blank(slug)) {
        p.explain(slug).case("first_admission").said_at("readmission");
    }
    if !any_introducer {
        p.explain(INTRODUCERS).case("introducers").said_at("readmission");
    }
    for row in p.facts.rows(INTRODUCERS) {
        let organisation = !row.blank("organisation");
        if let Some(cell) = ["position", "unit"].into_iter().find(|cell| row.blank(cell))
            && !organisation
            && !row.cells.is_empty()
        {
            p.explain_in(row, cell).case("introducer_detail").said_at("readmission");
        }
    }
}
