//! Everything the checks found, by severity: what, where, how to get there, on what ground; and the notes that answer a finding.
//!
//! Invariant: the page says what it read, never that somebody fulfils a condition. Not here: the checks and their words (`rules`).

use leptos::prelude::*;
use rules::{
    finding::{Finding, Ground, Severity},
    rule::Resolve,
};

use super::Bar;
use crate::{
    clock,
    desk::Desk,
    form,
    route::{Route, href},
    session::session,
    text::form as words,
};

const ORDER: [Severity; 4] = [Severity::Block, Severity::Approve, Severity::Explain, Severity::Style];
/// The group of the record that holds the notes to the chi bộ.
const NOTES: &str = "explanations";

/// The page "Xem lại bản khai".
#[component]
pub fn ReviewScreen() -> impl IntoView {
    let session = session();
    form::top("review-title");
    view! {
        <Bar title=words::FORM_CODE />
        <main id="main" class="page" tabindex="-1">
            <h1 id="review-title" tabindex="-1">{words::REVIEW_TITLE}</h1>
            <p class="section__intro">{words::REVIEW_INTRO}</p>
            {form::live_if(move || session.work().map(|work| {
                provide_context(work.desk);
                work.desk.visit_all();
                view! { {found(work.desk)} {notes(work.desk)} }.into_any()
            }))}
        </main>
    }
}

fn found(desk: Desk) -> AnyView {
    form::live(move || {
        let all = in_order(desk, &desk.findings());
        if all.is_empty() {
            return view! {
                <div class="notice notice--good after" role="status">
                    <p><b>{words::REVIEW_NOTHING}</b></p>
                    <p>{words::REVIEW_NOTHING_MORE}</p>
                </div>
            }
            .into_any();
        }
        let count = words::review_count(all.len());
        let groups = ORDER.into_iter().map(|severity| {
            group(
                desk,
                severity,
                all.iter().filter(|finding| finding.severity == severity),
            )
        });
        view! { <p class="after" role="status"><b>{count}</b></p> {groups.collect::<Vec<_>>()} }.into_any()
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

fn group<'f>(desk: Desk, severity: Severity, findings: impl Iterator<Item = &'f Finding>) -> Option<AnyView> {
    let cards: Vec<AnyView> = findings.map(|finding| card(desk, finding)).collect();
    let count = cards.len();
    (count > 0).then(|| {
        view! {
            <section class="review__group">
                <h2>{severity.label()}" "<span class="chip">{count}</span></h2>
                <ol class="list">{cards}</ol>
            </section>
        }
        .into_any()
    })
}

fn card(desk: Desk, finding: &Finding) -> AnyView {
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
    view! {
        <li class=format!("card finding {}", form::tone("finding", finding.severity))>
            <p class="finding__where">{place}</p>
            <p>{finding.message()}</p>
            <div class="finding__acts">
                {target.map(|target| view! { <a class="btn" href=target aria-label=go_to>{words::GO_TO}</a> })}
                {(may_note && !desk.read_only().get()).then(|| view! {
                    <button type="button" class="btn btn--quiet" on:click=form::on(note)>{words::WRITE_NOTE}</button>
                })}
            </div>
            {ground(finding)}
        </li>
    }
    .into_any()
}

/// The ground of a finding: what the rule asks, then each instrument with its point.
fn ground(finding: &Finding) -> AnyView {
    let grounds = finding.grounds();
    let notices = finding.notices();
    view! {
        <details class="ground">
            <summary><span>{words::GROUND}</span></summary>
            <p>{finding.title()}" ("{finding.rule}")"</p>
            <ul class="list">{grounds.into_iter().map(instrument).collect::<Vec<_>>()}</ul>
            {notices.into_iter().map(|notice| view! { <p class="ground__notice">{notice}</p> }).collect::<Vec<_>>()}
        </details>
    }
    .into_any()
}

fn instrument(ground: Ground) -> AnyView {
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
    view! {
        <li class="ground__text">
            <p><b>{words::signed(number, &date.show())}</b>{(!point.is_empty()).then(|| format!(", {point}"))}</p>
            <p>{name}{(!issuer.is_empty()).then(|| format!(" ({issuer})"))}</p>
            <p>{words::in_force(&since.show(), until.map(|day| day.show()))}</p>
            <p class="soft">{seen}</p>
        </li>
    }
    .into_any()
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
fn notes(desk: Desk) -> AnyView {
    let undo = form::Undo::new();
    let rows = Signal::derive(move || desk.rows(NOTES));
    view! {
        <section class="review__group">
            <div hidden=form::flag(move || rows.with(Vec::is_empty))>
                <h2>{words::NOTES_TITLE}</h2>
                <p class="soft">{words::NOTES_INTRO}</p>
            </div>
            <ol class="list after">{form::each(rows, move |row| note_card(desk, row, undo))}</ol>
            {undo.view(desk, NOTES, |row| form::focus(form::id(&format!("{NOTES}/{row}/text"))))}
        </section>
    }
    .into_any()
}

fn note_card(desk: Desk, row: String, undo: form::Undo) -> AnyView {
    let of = |field: &str| desk.peek(&format!("{NOTES}/{row}/{field}"));
    let title = rules::check::rule(&of("rule")).map_or("", |rule| rule.title);
    let place = form::place_name(desk, &of("where"));
    let text = format!("{NOTES}/{row}/text");
    let about = form::part_id(&text, "about");
    let name = words::note_about(&place);
    let removed = name.clone();
    view! {
        <li class="card">
            <p class="finding__where" id=about.clone()>{place}": "{title}</p>
            <label for=form::id(&text)>{words::NOTE_LABEL}</label>
            {form::area(&text, about)}
            <div class="finding__acts">
                <button type="button" class="btn btn--danger" aria-label=words::act_on(words::REMOVE, &name)
                    prop:disabled=form::read_only()
                    on:click=form::on(move |_| undo.remove(desk, NOTES, &row, removed.clone()))>
                    {words::REMOVE}
                </button>
            </div>
        </li>
    }
    .into_any()
}
