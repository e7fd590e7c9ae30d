//! How the chi bộ follows the person: monthly review, tasks, the mentor's interval and time, the Đoàn's second follower. What a note says
//! by itself is `note`.

use super::note::{before, first_introduction};
use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("following.txt"),
    checks: &[
        ("MON-01", monthly_review),
        ("MON-03", notes_at_intervals),
        ("MON-04", tasks_were_given),
        ("MON-05", within_the_helpers_time),
        ("MON-09", union_follows_too),
    ],
};

const MENTORS: &str = "procedure.mentors";
const LISTED: &str = "procedure.listed_date";

/// First month in which the monthly review is asked for.
const FIRST_REVIEW: i32 = 2025 * 12 + 9;

/// MON-01.
fn monthly_review(p: &mut Probe<'_, '_>) {
    let Some(listed) = p.date(LISTED) else { return };
    let act = p.act;
    let end = p.date(MEETING).map_or(act, |meeting| meeting.min(act));
    let reviewed = |wanted: i32| {
        let month = |row: &Row<'_>| date::read(row.text("_"))?.first_month(act);
        p.rows("procedure.list_reviews").any(|row| month(row) == Some(wanted))
    };
    let mut months = Vec::new();
    for at in listed.month_index().max(FIRST_REVIEW)..=end.month_index() {
        if at != act.month_index() && !reviewed(at) {
            months.push(month(at));
        }
    }
    if !months.is_empty() {
        p.explain("procedure.list_reviews").with("months", Param::Texts(months));
    }
}

/// MON-04.
fn tasks_were_given(p: &mut Probe<'_, '_>) {
    let (Some(meeting), Some(listed)) = (p.date(MEETING), p.date(LISTED)) else {
        return;
    };
    let given = |row: &Row<'_>| {
        row.date("assigned_date")
            .is_some_and(|day| listed <= day && day <= meeting)
    };
    if !p.rows("procedure.tasks").any(given) {
        p.explain("procedure.tasks");
    }
}

/// MON-09.
fn union_follows_too(p: &mut Probe<'_, '_>) {
    const FOLLOWER: &str = "procedure.youth_union_follower";
    if p.is("profile.group", "pupil") && p.rows(MENTORS).next().is_some() && p.blank(FOLLOWER) {
        p.explain(FOLLOWER);
    }
}

/// MON-03.
fn notes_at_intervals(p: &mut Probe<'_, '_>) {
    let interval = i32::from(p.settings.note_interval_months);
    let Some(assigned) = p.rows(MENTORS).next().and_then(|k| k.date("assigned_date")) else {
        return;
    };
    let mut dates: Vec<(Date, &Row<'_>)> = Vec::new();
    for note in before(p.facts) {
        if let Some(date) = note.date("date") {
            dates.push((date, note));
        }
    }
    sort(&mut dates, |(a, first), (b, second)| (a, first.name) < (b, second.name));
    let mut last = assigned;
    for (date, note) in dates {
        let due = add_months(last, interval);
        if date > due {
            p.explain_in(note, "date").with("from", last).with("due", due);
        }
        last = last.max(date);
    }
    let due = add_months(last, interval);
    if first_introduction(p).unwrap_or(p.act) > due {
        p.explain("notes").with("from", last).with("due", due);
    }
}

/// MON-05.
fn within_the_helpers_time(p: &mut Probe<'_, '_>) {
    if p.rows(MENTORS).next().is_none() {
        return;
    }
    for n in p.facts.rows("notes") {
        let Some(day) = n.date("date").filter(|_| !n.blank("author")) else {
            continue;
        };
        let assigned = p.rows(MENTORS).any(|k| {
            same(k.text("name"), n.text("author"))
                && k.date("assigned_date").is_some_and(|from| from <= day)
                && k.date("ended_date").is_none_or(|to| day <= to)
        });
        if !assigned {
            p.explain_in(n, "date").with("date", day);
        }
    }
}
