//! Everything the checks found, by severity: what, where, how to get there, on what ground; and the notes that answer a finding.
//!
//! Invariant: the page says what it read, never that somebody fulfils a condition. Not here: the checks and their words (`rules`).

use leptos::prelude::*;
use rules::{
    finding::{Finding, Ground, Severity},
    rule::Resolve,
};

use super::bar;
use crate::{
    clock,
    desk::Desk,
    el::{El, Piece, View, button, el, link, main, pieces},
    form,
    held::derived,
    program,
    route::{Route, href},
    session::session,
    text::form as words,
};

const ORDER: [Severity; 4] = [Severity::Block, Severity::Approve, Severity::Explain, Severity::Style];
/// The group of the record that holds the notes to the chi bộ.
const NOTES: &str = "explanations";

/// The page "Xem lại bản khai".
pub fn review_screen() -> View {
    let session = session();
    form::top("review-title");
    pieces![
        bar(words::FORM_CODE),
        main("page")
            .child(
                el("h1")
                    .id("review-title")
                    .attr("tabindex", "-1")
                    .child(words::REVIEW_TITLE),
            )
            .child(el("p").class("section__intro").child(words::REVIEW_INTRO))
            .child(form::live_if(move || {
                session.work().map(|work| {
                    provide_context(work.desk);
                    work.desk.visit_all();
                    pieces![
                        program::more().map(|more| (more.said)(&work)),
                        found(work.desk),
                        notes(work.desk)
                    ]
                })
            }))
    ]
}

fn found(desk: Desk) -> View {
    form::live(move || {
        let all = in_order(desk, &desk.findings());
        if all.is_empty() {
            return el("div")
                .class("notice notice--good after")
                .attr("role", "status")
                .child(el("p").child(el("b").child(words::REVIEW_NOTHING)))
                .child(el("p").child(words::REVIEW_NOTHING_MORE))
                .piece();
        }
        let count = words::review_count(all.len());
        let groups = ORDER.into_iter().map(|severity| {
            group(
                desk,
                severity,
                all.iter().filter(|finding| finding.severity == severity),
            )
        });
        pieces![
            el("p")
                .class("after")
                .attr("role", "status")
                .child(el("b").child(count)),
            groups.flatten().collect::<Vec<_>>()
        ]
    })
}

/// In the order of the paper; what stands on no page comes last.
fn in_order(desk: Desk, findings: &[Finding]) -> Vec<Finding> {
    let last = desk.form().sections.iter().map(|section| section.items.len()).sum();
    let home = |finding: &Finding| form::home(desk.form(), &finding.place).map_or(last, |(at, ..)| at);
    let placed: Vec<(usize, &Finding)> = findings.iter().map(|finding| (home(finding), finding)).collect();
    (0..=last)
        .flat_map(|at| placed.iter().filter(move |(home, _)| *home == at))
        .map(|(_, finding)| (*finding).clone())
        .collect()
}

fn group<'f>(desk: Desk, severity: Severity, findings: impl Iterator<Item = &'f Finding>) -> Option<View> {
    let cards: Vec<View> = findings.map(|finding| card(desk, finding)).collect();
    let count = cards.len();
    (count > 0).then(|| {
        el("section")
            .class("review__group")
            .child(
                el("h2")
                    .child(severity.label())
                    .child(" ")
                    .child(el("span").class("chip").child(count.to_string())),
            )
            .child(el("ol").class("list").child(cards))
            .piece()
    })
}

fn card(desk: Desk, finding: &Finding) -> View {
    let place = form::place_name(desk, &finding.place);
    let target = form::home(desk.form(), &finding.place)
        .map(|(_, section, _)| href(&Route::Section(section.slug.to_owned(), Some(finding.place.clone()))));
    let go_to = words::go_to(&place);
    let (rule, at) = (finding.rule, finding.place.clone());
    let may_note = finding.resolve() == Resolve::CorrectOrNote && note_of(desk, rule, &at).is_none();
    let note = move |_| {
        let row = desk.add_row_with(
            NOTES,
            &[("rule", rule), ("where", &at), ("date", &clock::today().show())],
        );
        form::focus(form::id(&format!("{NOTES}/{row}/text")));
    };
    el("li")
        .class(format!("card finding {}", form::tone("finding", finding.severity)))
        .child(el("p").class("finding__where").child(place))
        .child(el("p").child(finding.message()))
        .child(
            el("div")
                .class("finding__acts")
                .child(target.map(|target| link("btn", target).attr("aria-label", go_to).child(words::GO_TO)))
                .child(
                    (may_note && !desk.read_only().get())
                        .then(|| button("btn btn--quiet").on("click", note).child(words::WRITE_NOTE)),
                ),
        )
        .child(ground(finding))
        .piece()
}

/// The ground of a finding: what the rule asks, then each instrument with its point.
fn ground(finding: &Finding) -> View {
    let grounds = finding.grounds();
    let notices = finding.notices();
    el("details")
        .class("ground")
        .child(el("summary").child(el("span").child(words::GROUND)))
        .child(
            el("p")
                .child(finding.title())
                .child(" (")
                .child(finding.rule)
                .child(")"),
        )
        .child(
            el("ul")
                .class("list")
                .child(grounds.into_iter().map(instrument).collect::<Vec<_>>()),
        )
        .child(
            notices
                .into_iter()
                .map(|notice| el("p").class("ground__notice").child(notice))
                .collect::<Vec<_>>(),
        )
        .piece()
}

fn instrument(ground: Ground) -> View {
    let Ground {
        number,
        name,
        issuer,
        date,
        point,
        since,
        until,
        seen,
        ..
    } = ground;
    el("li")
        .class("ground__text")
        .child(
            el("p")
                .child(el("b").child(words::signed(number, &date.show())))
                .child((!point.is_empty()).then(|| format!(", {point}"))),
        )
        .child(
            el("p")
                .child(name)
                .child((!issuer.is_empty()).then(|| format!(" ({issuer})"))),
        )
        .child(el("p").child(words::in_force(&since.show(), until.map(|day| day.show()))))
        .child(el("p").class("soft").child(seen))
        .piece()
}

fn note_of(desk: Desk, rule: &str, place: &str) -> Option<String> {
    desk.with(|record| {
        let is = |row: &&str, field: &str, text: &str| record.text(&format!("{NOTES}/{row}/{field}")) == text;
        record
            .rows(NOTES)
            .into_iter()
            .find(|row| is(row, "rule", rule) && is(row, "where", place))
            .map(str::to_owned)
    })
}

/// The notes to the chi bộ; a finding that one of them answers is no longer listed above.
fn notes(desk: Desk) -> View {
    let undo = form::Undo::begun();
    let rows = derived(move || desk.rows(NOTES));
    el("section")
        .class("review__group")
        .child(
            el("div")
                .is("hidden", form::flag(move || rows.with(Vec::is_empty)))
                .child(el("h2").child(words::NOTES_TITLE))
                .child(el("p").class("soft").child(words::NOTES_INTRO)),
        )
        .child(
            el("ol")
                .class("list after")
                .child(form::each(rows, move |row| note_card(desk, row, undo))),
        )
        .child(undo.view(desk, NOTES, |row| form::focus(form::id(&format!("{NOTES}/{row}/text")))))
        .piece()
}

fn note_card(desk: Desk, row: String, undo: form::Undo) -> El {
    let of = |field: &str| desk.peek(&format!("{NOTES}/{row}/{field}"));
    let title = rules::check::rule(&of("rule")).map_or("", |rule| rule.title);
    let place = form::place_name(desk, &of("where"));
    let text = format!("{NOTES}/{row}/text");
    let about = form::part_id(&text, "about");
    let name = words::note_about(&place);
    let removed = name.clone();
    el("li")
        .class("card")
        .child(
            el("p")
                .class("finding__where")
                .id(about.clone())
                .child(place)
                .child(": ")
                .child(title),
        )
        .child(el("label").attr("for", form::id(&text)).child(words::NOTE_LABEL))
        .child(form::area(&text, about))
        .child(
            el("div").class("finding__acts").child(
                button("btn btn--danger")
                    .attr("aria-label", words::act_on(words::REMOVE, &name))
                    .is("disabled", form::read_only())
                    .on("click", move |_| undo.remove(desk, NOTES, &row, removed.clone()))
                    .child(words::REMOVE),
            ),
        )
}
