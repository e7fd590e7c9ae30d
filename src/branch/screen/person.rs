//! One person who is followed: where they are on the way, what runs out, what they handed in, what was noted, who helps.

use app::{
    clock,
    el::{El, Piece, View, button, el, hint, input_box, link, main, pieces, question, submit},
    held::{Held, derived},
    live,
    route::href,
    screen::bar,
    session::{Session, session},
};
use leptos::{prelude::*, task::spawn_local};
use office::follow;
use rules::{
    Date,
    check::Context,
    course::{self, Clock, Course, Mark, Stand},
    date,
};
use sync::{body::Word, spelling::hex};

use crate::{
    cases::{self, CASE},
    following::{self, Plan},
    known::{Known, known},
    notes, pages,
    person::Person,
    reviews,
    text::{note, people as words, report},
};

/// The page of the person behind this key.
pub fn person_screen(key: String) -> View {
    let session = session();
    notes::put_down(session);
    let shown = key.clone();
    // What arrives for others must not take away what is being typed here.
    let state = derived(move || {
        known().with(|known| {
            let person = known.people.iter().find(|person| person.key == key);
            (known.ready, person.map(|person| person.state(known)))
        })
    });
    pieces![
        bar(words::TITLE),
        main("page stack").child(live::live(move || {
            let ready = state.with(|(ready, _)| *ready);
            let known = known().get_untracked();
            match known.people.iter().find(|person| person.key == shown) {
                Some(person) => untrack(|| person_page(session, &known, person)),
                None if !ready => el("p").attr("role", "status").child(words::READING).piece(),
                None => el("p").class("notice").child(words::NOT_THERE).piece(),
            }
        }))
    ]
}

fn person_page(session: Session, known: &Known, person: &Person) -> View {
    let settings = known.settings.clone();
    let whole = person.whole(known);
    let today = clock::today();
    let course = course::of(&whole, today, &settings);
    let found = course::guards(&whole, &Context::new(today, &settings));
    let unit = person.fields.get("person.unit").filter(|unit| !unit.is_empty());
    pieces![
        el("h1").child(words::shown_name(&person.name)),
        unit.map(|unit| el("p").class("lead").child(unit.clone())),
        state(&course),
        clocks(&course.clocks),
        hand_ins(known, person),
        helper(session, known, person),
        tasks(&whole, today),
        noted(session, known, person),
        way(session, person, &course, &found),
        super::special::parts(person, &whole, &course, &settings),
        super::retention::part(session, known, person)
    ]
}

fn state(course: &Course) -> View {
    let next = course
        .next
        .iter()
        .map(|state| state.name)
        .collect::<Vec<_>>()
        .join("; ");
    el("dl")
        .class("stack stack--tight")
        .child(
            el("div")
                .child(el("dt").child(el("strong").child(words::STATE)))
                .child(el("dd").child(course.current.map_or(words::NO_STATE, |state| state.name))),
        )
        .child((!next.is_empty()).then(|| {
            el("div")
                .child(el("dt").child(el("strong").child(words::NEXT)))
                .child(el("dd").child(next))
        }))
        .piece()
}

fn clocks(clocks: &[Clock]) -> View {
    el("section")
        .class("stack stack--tight")
        .child(el("h2").child(words::CLOCKS))
        .child(
            clocks
                .is_empty()
                .then(|| el("p").class("hint").child(words::NOTHING_DUE)),
        )
        .child(
            el("ul")
                .class("list")
                .child(clocks.iter().map(clock_line).collect::<Vec<_>>()),
        )
        .piece()
}

fn clock_line(clock: &Clock) -> El {
    let (class, stand) = match clock.stand {
        Stand::Over => ("chip chip--look", words::CLOCK_OVER),
        Stand::Soon => ("chip chip--open", words::CLOCK_SOON),
        Stand::Fine => ("chip", words::CLOCK_FINE),
    };
    el("li")
        .child(el("span").class(class).child(stand))
        .child(" ")
        .child(clock.what.to_owned())
        .child(": ")
        .child(words::until(&clock.until.show()))
        .child(" ")
        .child(el("span").class("soft").child(format!("({})", clock.ground)))
}

fn hand_ins(known: &Known, person: &Person) -> View {
    let all = person.hand_ins(known);
    let word = person.account.and_then(|account| known.office.word_of(&account));
    let said = |op| {
        let word = word.filter(|word| word.status.about == Some(op))?;
        Some(word_words(word.status.word))
    };
    let lines = all.iter().map(|one| {
        let day = one
            .place
            .map(|place| crate::time::moment(place.server_time))
            .unwrap_or_default();
        let op = hex(one.op_id.as_bytes());
        el("li").child(
            link("section-link", href(&pages::review_page(&person.key, &op)))
                .child(el("span").class("section-link__title").child(words::handed_in(&day)))
                .child(
                    el("span").class("section-link__state").child(
                        el("span")
                            .class("chip")
                            .child(said(one.op_id).unwrap_or(words::NEW_HAND_IN)),
                    ),
                ),
        )
    });
    el("section")
        .class("stack stack--tight")
        .child(el("h2").child(words::HAND_INS))
        .child(all.is_empty().then(|| el("p").class("hint").child(words::NO_HAND_IN)))
        .child(el("ul").class("list list--sections").child(lines.collect::<Vec<_>>()))
        .piece()
}

fn word_words(word: Word) -> &'static str {
    match word {
        Word::Seen => words::WORD_SEEN,
        Word::HandedBack => words::WORD_BACK,
        Word::Agreed => words::WORD_AGREED,
        Word::Closed => words::WORD_CLOSED,
        Word::Step(_) => words::STATE,
    }
}

fn helper(session: Session, known: &Known, person: &Person) -> View {
    let lines = person.helpers.iter().map(|helper| {
        let until = helper.ended.as_ref().map(|day| format!(" – {day}"));
        el("li").child(words::since(&helper.name, &helper.since)).child(until)
    });
    let may = reviews::speaks(session) && person.case.is_some();
    el("section")
        .class("stack stack--tight")
        .child(el("h2").child(words::HELPER))
        .child(
            person
                .helpers
                .is_empty()
                .then(|| el("p").class("hint").child(words::NO_HELPER)),
        )
        .child(el("ul").class("list").child(lines.collect::<Vec<_>>()))
        .child(may.then(|| assign(session, known, person)))
        .piece()
}

fn tasks(whole: &rules::Record, today: Date) -> View {
    let all = follow::tasks(whole, today);
    let lines = all.iter().map(|task| {
        let (class, stand) = match (task.is_done, task.stand) {
            (true, _) => ("chip chip--done", words::TASK_DONE),
            (_, Stand::Over) => ("chip chip--look", words::CLOCK_OVER),
            (_, Stand::Soon) => ("chip chip--open", words::CLOCK_SOON),
            (_, Stand::Fine) => ("chip", words::CLOCK_FINE),
        };
        let due = (!task.due_typed.is_empty()).then(|| format!(" ({})", words::until(&task.due_typed)));
        el("li")
            .child(task.text.clone())
            .child(due)
            .child(" ")
            .child(el("span").class(class).child(stand))
    });
    el("section")
        .class("stack stack--tight")
        .child(el("h2").child(words::TASKS))
        .child(all.is_empty().then(|| el("p").class("hint").child(words::NO_TASKS)))
        .child(el("ul").class("list").child(lines.collect::<Vec<_>>()))
        .piece()
}

fn assign(session: Session, known: &Known, person: &Person) -> View {
    let changes = person.helper().is_some();
    let (who, day, number) = (
        Held::new(String::new()),
        Held::new(clock::today().show()),
        Held::new(String::new()),
    );
    let reason = Held::new("moved".to_owned());
    let complaint = Held::new(String::new());
    let case = person.case;
    let act = move || {
        let (Some(case), Ok(member)) = (case, who.get_untracked().parse::<usize>()) else {
            return complaint.set(words::ASSIGN_NOBODY.to_owned());
        };
        let Some(day) = full(&day.get_untracked()) else {
            return complaint.set(words::ASSIGN_NO_DAY.to_owned());
        };
        let plan = Plan {
            case,
            member,
            day,
            resolution: number.get_untracked(),
            reason: reason.get_untracked(),
        };
        spawn_local(async move {
            let done = following::assign(session, &plan).await;
            complaint.try_set(done.err().unwrap_or_default());
        });
    };
    let members = known
        .members
        .iter()
        .enumerate()
        .filter(|(_, member)| !member.name.trim().is_empty());
    let members = members
        .map(|(at, member)| (at.to_string(), member.name.clone()))
        .collect::<Vec<_>>();
    el("details")
        .child(el("summary").child(if changes { words::HAND_OVER } else { words::ASSIGN }))
        .child(
            el("form")
                .class("stack")
                .on_submit(act)
                .child(select("who", words::ASSIGN_WHO, who, members))
                .child(day_box("assign-day", words::ASSIGN_DAY, day))
                .child(
                    question("assign-number", words::ASSIGN_NUMBER).child(
                        input_box("text")
                            .id("assign-number")
                            .value(live::value(number))
                            .typing(number),
                    ),
                )
                .child(changes.then(|| {
                    let reasons = [
                        ("moved", words::REASON_MOVED),
                        ("disciplined", words::REASON_DISCIPLINED),
                        ("other", words::REASON_OTHER),
                    ];
                    let reasons = reasons.map(|(value, label)| (value.to_owned(), label.to_owned()));
                    select("reason", words::ASSIGN_REASON, reason, reasons.to_vec())
                }))
                .child(
                    el("p")
                        .class("message")
                        .attr("role", "alert")
                        .child(live::value(complaint)),
                )
                .child(submit("btn btn--primary").child(words::ASSIGN_DONE)),
        )
        .piece()
}

/// A day as somebody typed it.
pub fn full(text: &str) -> Option<Date> {
    date::read(text).and_then(|typed| typed.full())
}

/// A box for a day.
pub fn day_box(id: &'static str, label: &'static str, day: Held<String>) -> El {
    question(id, label)
        .child(
            input_box("text")
                .id(id)
                .attr("inputmode", "numeric")
                .value(live::value(day))
                .typing(day),
        )
        .child(hint(format!("{id}-hint"), "Ví dụ 12-10-2026."))
}

/// A choice among few.
pub fn select(id: &'static str, label: &'static str, chosen: Held<String>, few: Vec<(String, String)>) -> El {
    choices(id, label, chosen, "–", move || few.clone())
}

/// A choice among what changes; `none` stands for no choice.
pub fn choices(
    id: &'static str,
    label: &'static str,
    chosen: Held<String>,
    none: &'static str,
    mut all: impl FnMut() -> Vec<(String, String)> + 'static,
) -> El {
    let options = live::live(move || {
        let now = chosen.get_untracked();
        let option = |(value, text): (String, String)| {
            let is_chosen = value == now;
            el("option").attr("value", value).is("selected", is_chosen).child(text)
        };
        all().into_iter().map(option).collect::<Vec<_>>().piece()
    });
    question(id, label).child(
        el("select")
            .id(id)
            .on_text("change", move |text| chosen.set(text))
            .child(el("option").attr("value", "").child(none))
            .child(options),
    )
}

fn noted(session: Session, known: &Known, person: &Person) -> View {
    let all = person.notes(known);
    let lines = all.iter().enumerate().map(|(at, (_, one))| {
        let text = |path: &str| one.fields.get(path).cloned().unwrap_or_default();
        let facts = rules::form::fields(rules::form::note())
            .filter(|field| {
                field.slug.starts_with("aspects.")
                    || ["strengths", "weaknesses", "exchange", "proposal"].contains(&field.slug)
            })
            .filter(|field| one.fields.get(field.slug).is_some_and(|text| !text.trim().is_empty()))
            .map(|field| {
                el("div")
                    .child(el("dt").child(el("strong").child(field.label)))
                    .child(el("dd").child(text(field.slug)))
            });
        el("li").class("card").child(
            el("details")
                .attr("open", (at == 0).then_some(""))
                .child(el("summary").child(format!("{} · {}: {}", text("date"), words::NOTE_BY, text("author"))))
                .child(el("dl").class("stack stack--tight").child(facts.collect::<Vec<_>>())),
        )
    });
    let (case, account, name) = (person.case, person.account, person.name.clone());
    let write = move |_| {
        let record = notes::new_about(session, case, account, &name);
        app::route::go(&pages::note_page(record));
    };
    let mentor = session.role.get_untracked() == app::session::Role::Mentor;
    el("section")
        .class("stack stack--tight")
        .child(el("h2").child(words::NOTES))
        .child(mentor.then(|| button("btn btn--primary").on("click", write).child(note::NEW)))
        .child(all.is_empty().then(|| el("p").class("hint").child(words::NO_NOTES)))
        .child(el("ul").class("list").child(lines.collect::<Vec<_>>()))
        .child(mentor.then(|| {
            el("div")
                .class("row")
                .child(link("btn", href(&pages::other(format!("soan-3/{}", person.key)))).child(report::DRAFT_3))
                .child(link("btn", href(&pages::other(format!("soan-11/{}", person.key)))).child(report::DRAFT_11))
        }))
        .piece()
}

fn way(session: Session, person: &Person, course: &Course, found: &[rules::finding::Finding]) -> View {
    let secretary = reviews::speaks(session);
    let steps = course.steps.iter().map(|step| {
        let (class, mark) = match step.mark {
            Mark::Done => ("way__step way__step--done", words::MARK_DONE),
            Mark::Undated => ("way__step", words::MARK_UNDATED),
            Mark::Now => ("way__step way__step--now", words::MARK_NOW),
            Mark::Planned => ("way__step", words::MARK_PLANNED),
            Mark::Ahead => ("way__step way__step--ahead", words::MARK_AHEAD),
        };
        let shows = !matches!(step.mark, Mark::Ahead);
        let messages = step.findings(found).into_iter().filter(|_| shows);
        let messages = messages.map(|finding| {
            el("p")
                .class(format!(
                    "said__line {}",
                    app::form::tone("said__line", finding.severity)
                ))
                .child(el("b").child(finding.severity.label()).child(": "))
                .child(finding.message())
        });
        el("li")
            .class(class)
            .child(el("b").child(step.state.name))
            .child(" ")
            .child(el("span").class("soft").child(match step.day {
                Some(day) => format!("{} ({mark})", day.show()),
                None => mark.to_owned(),
            }))
            .child(messages.collect::<Vec<_>>())
    });
    let key = person.key.clone();
    let (account, name) = (person.account, person.name.clone());
    let make = move |_| {
        let name = name.clone();
        spawn_local(async move {
            if let Ok(record) = cases::begin_for(session, CASE, account, &[("person.name", &name)]).await {
                app::route::go(&pages::person_page(&hex(record.as_bytes())));
            }
        });
    };
    el("section")
        .class("stack stack--tight")
        .child(el("h2").child(words::WAY))
        .child(el("p").class("hint").child(words::WAY_LEAD))
        .child(match (secretary, person.case) {
            (true, Some(_)) => link("btn", href(&pages::case_page(&key, None)))
                .child(words::RECORD)
                .piece(),
            (true, None) => button("btn").on("click", make).child(words::MAKE_CASE).piece(),
            _ => View::none(),
        })
        .child(el("ol").class("way").child(steps.collect::<Vec<_>>()))
        .piece()
}
