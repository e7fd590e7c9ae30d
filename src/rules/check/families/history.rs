//! Items 14 and 15: every month accounted for, once, in order, with a place.
//!
//! Months are compared by index; a year without month counts as January at its start and December at its end, so that nothing is reported that
//! may be right. Events (single days) take no part. Rows that LL-15h reports are left out of LL-15 and LL-15b.

use super::prelude::*;
use crate::facts::PeriodKind;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("history.txt"),
    checks: &[
        ("LL-14", begins_in_childhood),
        ("LL-15", every_month),
        ("LL-15b", no_overlap),
        ("LL-15c", fifteen_follows_fourteen),
        ("LL-15d", up_to_now),
        ("LL-15e", months_not_only_years),
        ("LL-15f", years_at_school),
        ("LL-15g", says_where),
        ("LL-15h", possible_times),
        ("LL-15i", nay_only_at_the_end),
        ("LL-15j", fifteen_is_not_empty),
    ],
};

const LIFE: &str = "life_history";
const WORK: &str = "work_history";
const ITEMS: [(&str, i32); 2] = [(LIFE, 14), (WORK, 15)];

/// A period with the months it covers; the end is unknown when it is blank or cannot be read.
struct Span<'f> {
    row: Row<'f>,
    kind: PeriodKind,
    from: (i32, i32),
    to: Option<(i32, i32)>,
    is_open: bool,
}

/// The periods of an item by their start, without events and impossible rows.
fn spans<'f>(p: &Probe<'f, '_>, group: &str) -> Vec<Span<'f>> {
    let act = p.act;
    let born = p.date("birth_date");
    let mut out: Vec<Span<'f>> = Vec::new();
    for period in p.facts.periods(group) {
        if let Some(from) = period.start
            && !period.is_event
            && !is_impossible(period, act, born)
        {
            out.push(Span {
                row: period.row,
                kind: period.kind,
                from,
                to: period.end,
                is_open: period.to == Some(Typed::Present),
            });
        }
    }
    sort(&mut out, |a, b| a.from.0 < b.from.0);
    out
}

/// What LL-15h reports.
fn is_impossible(period: &Period<'_>, act: Date, born: Option<Date>) -> bool {
    let Some((start, start_at_latest)) = period.start else {
        return false;
    };
    let now = act.month_index();
    let backwards = period.end.is_some_and(|(_, end)| start > end);
    let future_end = period.to != Some(Typed::Present) && period.end.is_some_and(|(end, _)| end > now);
    backwards || start > now || future_end || born.is_some_and(|born| start_at_latest < born.month_index())
}

/// LL-14.
fn begins_in_childhood(p: &mut Probe<'_, '_>) {
    if p.rows(LIFE).next().is_none() {
        p.explain(LIFE).case("empty");
        return;
    }
    let Some(born) = p.year("birth_date") else {
        return;
    };
    let mut first: Option<(i32, &Row<'_>)> = None;
    for period in p.facts.periods(LIFE) {
        if let Some(year) = period.from.and_then(Typed::year)
            && !period.is_event
            && first.is_none_or(|(first, _)| year < first)
        {
            first = Some((year, &period.row));
        }
    }
    if let Some((year, row)) = first
        && year - born > 7
    {
        p.style_in(row, "from").with("first_year", year);
    }
}

/// Whether a hole after a period of study is only the summer of one year.
fn is_summer(kind: PeriodKind, after: i32, before: i32) -> bool {
    let (first, last) = (after + 1, before - 1);
    let summer = |month: i32| (5..=8).contains(&month.rem_euclid(12));
    kind == PeriodKind::Study && first.div_euclid(12) == last.div_euclid(12) && (first..=last).all(summer)
}

/// Reports a hole between two months.
fn hole(p: &mut Probe<'_, '_>, place: &str, kind: PeriodKind, after: i32, before: i32) {
    let soft = is_summer(kind, after, before);
    let found = p.explain(place);
    found
        .with("after", month(after))
        .with("before", month(before))
        .with("months", before - after - 1)
        .with("soft", soft);
    if soft {
        found.case("soft");
    }
}

/// LL-15.
fn every_month(p: &mut Probe<'_, '_>) {
    for (group, item) in ITEMS {
        let spans = spans(p, group);
        // month up to which everything is told, the kind of the row that reaches there, whether a blank end hides the rest
        let mut reach: Option<(i32, PeriodKind, bool)> = None;
        for span in &spans {
            if let Some((told, kind, hidden)) = reach
                && !hidden
                && span.from.0 > told + 1
            {
                hole(p, &span.row.path("from"), kind, told, span.from.0);
                p.last("item", Param::Int(item));
            }
            let end = span.to.map_or(span.from.0, |to| to.1);
            let hidden = span.to.is_none();
            reach = match reach {
                Some((told, kind, was)) if told > end => Some((told, kind, was || hidden)),
                _ => Some((end, span.kind, hidden)),
            };
        }
    }
}

/// LL-15b.
fn no_overlap(p: &mut Probe<'_, '_>) {
    for (group, item) in ITEMS {
        let spans = spans(p, group);
        // the row that reaches furthest so far: of study, of work, of anything else
        let mut reach: [Option<(i32, &Span<'_>)>; 3] = [None; 3];
        for later in &spans {
            let [study, work, other] = reach;
            // study beside work is no overlap
            let beside = match later.kind {
                PeriodKind::Study => [study, other, None],
                PeriodKind::Work => [work, other, None],
                _ => [study, work, other],
            };
            let furthest = beside.into_iter().flatten().max_by_key(|(end, _)| *end);
            if let Some((end, earlier)) = furthest
                && later.from.1 < end
            {
                let (a, b) = (stretch(&earlier.row), stretch(&later.row));
                p.explain_in(&later.row, "from")
                    .with("item", item)
                    .with("a", a)
                    .with("b", b);
            }
            let own = match later.kind {
                PeriodKind::Study => 0,
                PeriodKind::Work => 1,
                _ => 2,
            };
            if let (Some((end, _)), Some(slot)) = (later.to, reach.get_mut(own))
                && !is_left_open(later, &spans)
                && slot.is_none_or(|(reached, _)| end > reached)
            {
                *slot = Some((end, later));
            }
        }
    }
}

/// A period as files and as people name it.
fn stretch(row: &Row<'_>) -> Param {
    let iso = |cell: &str| date::read(row.text(cell)).and_then(Typed::iso).unwrap_or_default();
    let shown = |cell: &str| date::read(row.text(cell)).and_then(Typed::show).unwrap_or_default();
    Param::Shown {
        file: format!("{}/{}", iso("from"), iso("to")),
        people: format!("{} đến {}", shown("from"), shown("to")),
    }
}

/// LL-15c.
fn fifteen_follows_fourteen(p: &mut Probe<'_, '_>) {
    let (life, work) = (spans(p, LIFE), spans(p, WORK));
    let Some(first) = work.first() else { return };
    let mut latest: Option<(i32, PeriodKind)> = None;
    for span in &life {
        let Some((_, end)) = span.to else { return };
        if latest.is_none_or(|(latest, _)| end >= latest) {
            latest = Some((end, span.kind));
        }
    }
    if let Some((end, kind)) = latest
        && first.from.0 > end + 1
    {
        hole(p, &first.row.path("from"), kind, end, first.from.0);
    }
}

/// LL-15d.
fn up_to_now(p: &mut Probe<'_, '_>) {
    let act = p.act;
    let mut latest: Option<(i32, &Row<'_>)> = None;
    for period in p.facts.periods(WORK) {
        if let Some((_, end)) = period.end
            && !period.is_event
            && latest.is_none_or(|(latest, _)| end >= latest)
        {
            latest = Some((end, &period.row));
        }
    }
    if let Some((last, row)) = latest
        && last < act.month_index() - 1
    {
        p.explain_in(row, "to")
            .said_at("work_history[]")
            .with("last", month(last));
    }
}

/// LL-15e.
fn months_not_only_years(p: &mut Probe<'_, '_>) {
    for (group, item) in crate::facts::PERIOD_GROUPS {
        for period in p.facts.periods(group) {
            let year_only = |typed: Option<Typed>| matches!(typed, Some(Typed::Year(_)));
            let cell = if year_only(period.from) {
                "from"
            } else if year_only(period.to) {
                "to"
            } else {
                continue;
            };
            p.explain_in(&period.row, cell).with("item", item).numbered(&period.row);
        }
    }
}

/// LL-15f.
fn years_at_school(p: &mut Probe<'_, '_>) {
    for (level, expected) in [("primary", 5), ("lower_secondary", 4), ("upper_secondary", 3)] {
        let mut first: Option<&Period<'_>> = None;
        let mut told = 0;
        // a year that is not known, an older school system, a note: nothing to ask
        let mut open = false;
        for (group, _) in ITEMS {
            for period in p.facts.periods(group) {
                if period.kind != PeriodKind::Study || !period.row.is("level", level) {
                    continue;
                }
                first = first.or(Some(period));
                match (period.from.and_then(Typed::year), period.to.and_then(Typed::year)) {
                    (Some(from @ 1990..), Some(to)) => told += to - from,
                    _ => open = true,
                }
                open = open || !period.row.blank("note");
            }
        }
        if let Some(first) = first
            && told != expected
            && !open
        {
            p.explain_in(&first.row, "to")
                .code("level", level)
                .with("years", told)
                .with("expected", expected);
        }
    }
}

/// LL-15g.
fn says_where(p: &mut Probe<'_, '_>) {
    for (group, item) in ITEMS {
        for period in p.facts.periods(group) {
            if !period.is_event && period.row.blank("place") {
                p.explain_in(&period.row, "place")
                    .with("item", item)
                    .numbered(&period.row);
            }
        }
    }
}

/// LL-15h.
fn possible_times(p: &mut Probe<'_, '_>) {
    let born = p.date("birth_date");
    for (group, item) in crate::facts::PERIOD_GROUPS {
        for period in p.facts.periods(group) {
            if is_impossible(period, p.act, born) {
                p.explain_in(&period.row, "from")
                    .with("item", item)
                    .numbered(&period.row);
            }
        }
    }
}

/// What LL-15i reports: still open although a row of the same kind begins later.
fn is_left_open(span: &Span<'_>, all: &[Span<'_>]) -> bool {
    span.is_open
        && all
            .iter()
            .any(|other| other.kind == span.kind && other.from.0 > span.from.0)
}

/// LL-15i.
fn nay_only_at_the_end(p: &mut Probe<'_, '_>) {
    for (group, item) in ITEMS {
        let spans = spans(p, group);
        for span in spans.iter().filter(|span| is_left_open(span, &spans)) {
            p.explain_in(&span.row, "to").with("item", item).numbered(&span.row);
        }
    }
}

/// LL-15j.
fn fifteen_is_not_empty(p: &mut Probe<'_, '_>) {
    if p.rows(WORK).next().is_none() {
        p.explain(WORK);
    }
}
