//! The mentor's notes, and how the chi bộ follows the person.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("note.txt"),
    checks: &[
        ("MON-01", monthly_review),
        ("MON-03", notes_at_intervals),
        ("MON-04", tasks_were_given),
        ("MON-05", within_the_helpers_time),
        ("MON-06", notes_before_the_introduction),
        ("MON-07", four_headings),
        ("MON-08", no_family_matters),
        ("MON-09", union_follows_too),
        ("MON-10", facts_not_adjectives),
    ],
};

const NOTES: &str = "notes";
const MENTORS: &str = "procedure.mentors";
const LISTED: &str = "procedure.listed_date";
const ASPECTS: [(&str, &str); 4] = [
    ("aspects.policy_law", "policy_law"),
    ("aspects.political_ethics", "political_ethics"),
    ("aspects.capacity", "capacity"),
    ("aspects.mass_relations", "mass_relations"),
];

/// What a note may say when nothing happened; never canned, never a copy.
const NOTHING_NEW: &str = "không có việc mới trong kỳ";

/// Notes before admission; a note without a phase counts as one.
fn before<'f, 'a>(p: &Probe<'f, 'a>) -> impl Iterator<Item = Row<'f>> + use<'f, 'a> {
    p.facts
        .rows(NOTES)
        .filter(|n| n.blank("phase") || n.is("phase", "before"))
}

fn first_introduction(p: &Probe<'_, '_>) -> Option<Date> {
    p.rows("procedure.introductions").next()?.date("date")
}

/// First month in which the monthly review is asked for.
const FIRST_REVIEW: i32 = 2025 * 12 + 9;

/// MON-01.
fn monthly_review(p: &mut Probe<'_, '_>) {
    let Some(listed) = p.date(LISTED) else { return };
    let act = p.act;
    let end = p.date(MEETING).map_or(act, |meeting| meeting.min(act));
    let reviewed: Vec<i32> = p
        .rows("procedure.list_reviews")
        .filter_map(|row| date::read(row.text("_"))?.first_month(act))
        .collect();
    let months: Vec<String> = (listed.month_index().max(FIRST_REVIEW)..=end.month_index())
        .filter(|m| *m != act.month_index() && !reviewed.contains(m))
        .map(month)
        .collect();
    if !months.is_empty() {
        p.explain("procedure.list_reviews").with("months", Param::Texts(months));
    }
}

/// MON-03.
fn notes_at_intervals(p: &mut Probe<'_, '_>) {
    let interval = i32::from(p.settings.note_interval_months);
    let Some(assigned) = p.rows(MENTORS).next().and_then(|k| k.date("assigned_date")) else {
        return;
    };
    let mut dates: Vec<(Date, String)> = before(p)
        .filter_map(|n| Some((n.date("date")?, n.path("date"))))
        .collect();
    sort(&mut dates, |a, b| a < b);
    let mut last = assigned;
    for (date, place) in dates {
        let due = add_months(last, interval);
        if date > due {
            p.explain(&place).with("from", last).with("due", due);
        }
        last = last.max(date);
    }
    let due = add_months(last, interval);
    if first_introduction(p).unwrap_or(p.act) > due {
        p.explain(NOTES).with("from", last).with("due", due);
    }
}

/// MON-04.
fn tasks_were_given(p: &mut Probe<'_, '_>) {
    let (Some(meeting), Some(listed)) = (p.date(MEETING), p.date(LISTED)) else {
        return;
    };
    let given = |row: Row<'_>| {
        row.date("assigned_date")
            .is_some_and(|day| listed <= day && day <= meeting)
    };
    if !p.rows("procedure.tasks").any(given) {
        p.explain("procedure.tasks");
    }
}

/// MON-05.
fn within_the_helpers_time(p: &mut Probe<'_, '_>) {
    if p.rows(MENTORS).next().is_none() {
        return;
    }
    for n in before(p) {
        let Some(day) = n.date("date").filter(|_| !n.blank("author")) else {
            continue;
        };
        let assigned = p.rows(MENTORS).any(|k| {
            same(k.text("name"), n.text("author"))
                && k.date("assigned_date").is_some_and(|from| from <= day)
                && k.date("ended_date").is_none_or(|to| day <= to)
        });
        if !assigned {
            p.explain(&n.path("date")).with("date", day);
        }
    }
}

/// MON-06.
fn notes_before_the_introduction(p: &mut Probe<'_, '_>) {
    let introduced = first_introduction(p);
    for n in before(p) {
        let Some(day) = n.date("date") else { continue };
        if day > p.act || introduced.is_some_and(|introduced| day > introduced) {
            p.explain(&n.path("date")).with("date", day);
        }
    }
}

/// Day of a note for the message.
fn day_of(n: &Row<'_>) -> Param {
    n.date("date")
        .map_or_else(|| Param::from(or_unknown(n.text("date"))), Param::from)
}

/// MON-07.
fn four_headings(p: &mut Probe<'_, '_>) {
    for n in p.facts.rows(NOTES) {
        let blank: Vec<_> = ASPECTS.into_iter().filter(|(cell, _)| n.blank(cell)).collect();
        if let Some((first, _)) = blank.first() {
            let lacks: Vec<&'static str> = blank.iter().map(|(_, code)| *code).collect();
            p.style(&n.path(first)).with("date", day_of(&n)).with("missing", lacks);
        }
    }
}

/// MON-08.
fn no_family_matters(p: &mut Probe<'_, '_>) {
    if p.rows(NOTES).next().is_none() {
        return;
    }
    let names: Vec<String> = p
        .people()
        .map(|q| fold(q.name))
        .filter(|name| words(name).count() >= 2)
        .collect();
    let matters = [
        "tien an",
        "che do cu",
        "lich su chinh tri",
        "nguy quan",
        "lich su gia dinh",
    ];
    for n in p.facts.rows(NOTES) {
        let found = n
            .cells
            .iter()
            .filter(|(cell, _)| !matches!(*cell, "id" | "date" | "author" | "candidate"))
            .find(|(_, text)| {
                let text = fold(text);
                let plain = crate::text::plain(&text);
                names.iter().any(|name| has_words(&text, name)) || matters.iter().any(|m| has_words(&plain, m))
            });
        if let Some((cell, _)) = found {
            p.explain(&n.path(cell)).with("date", day_of(&n));
        }
    }
}

/// MON-09.
fn union_follows_too(p: &mut Probe<'_, '_>) {
    const FOLLOWER: &str = "procedure.youth_union_follower";
    if p.is("profile.group", "pupil") && p.rows(MENTORS).next().is_some() && p.blank(FOLLOWER) {
        p.explain(FOLLOWER);
    }
}

/// MON-10.
fn facts_not_adjectives(p: &mut Probe<'_, '_>) {
    let mut earlier: Vec<(&str, String)> = Vec::new();
    for n in p.facts.rows(NOTES) {
        let own: Vec<(&str, String)> = n
            .cells
            .iter()
            .filter(|(cell, _)| cell.starts_with("aspects."))
            .map(|(cell, text)| (*cell, fold(text).trim_end_matches('.').to_string()))
            .filter(|(_, text)| text != NOTHING_NEW)
            .collect();
        if let Some((cell, _)) = own
            .iter()
            .find(|aspect| is_canned(&aspect.1) || earlier.contains(aspect))
        {
            p.style(&n.path(cell)).with("date", day_of(&n));
        }
        earlier.extend(own);
    }
}
