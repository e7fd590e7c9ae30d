//! A hand-in as its readers see it: findings, what is new since the last one, the whole form read-only, remarks at every place, and the branch's word.
//!
//! Invariant: nobody changes the candidate's words here; the form is drawn from a copy on which nothing can be typed.

use std::rc::Rc;

use app::{
    desk::Desk,
    el::{El, Piece, View, button, el, main, pieces},
    form::{self, Aim, Beside, Veil},
    held::{Held, derived},
    live,
    screen::bar,
    session::{Session, session},
};
use leptos::{prelude::*, task::spawn_local};
use rules::{
    Record,
    form::{Form, Section},
};
use sync::{
    body::{Word, plain::Plain},
    id::{AccountId, OpId},
    kind::Role,
    office::{HandIn, Said},
    spelling::hex,
};

use office::compare::{self, Differ, What};

use crate::{
    known::{Known, known},
    reviews::{Remarks, WHOLE, speaks},
    text::{people, review as words},
};

/// The page of one hand-in.
pub fn review_screen(key: String, op: String) -> View {
    let session = session();
    crate::notes::put_down(session);
    // Drawn once: what arrives meanwhile must not take a remark away under the fingers.
    let ready = derived(move || known().with(|known| known.ready));
    let drawn = live::live(move || {
        if !ready.get() {
            return el("p").attr("role", "status").child(people::READING).piece();
        }
        untrack(|| {
            let known = known().get_untracked();
            let found = known.office.hand_ins.iter().find(|one| hex(one.op_id.as_bytes()) == op);
            let person = known.people.iter().find(|person| person.key == key);
            let plain = found.and_then(|one| one.plain.as_deref());
            match found.zip(person).zip(plain) {
                Some(((hand_in, person), plain)) => {
                    page(session, &known, hand_in, plain, people::shown_name(&person.name))
                }
                None => el("p").class("notice").child(words::NOT_THERE).piece(),
            }
        })
    });
    pieces![bar(words::TITLE), main("page stack").child(drawn)]
}

fn page(session: Session, known: &Known, hand_in: &HandIn, plain: &Plain, name: String) -> View {
    let record = Record::from_fields(plain.fields.clone());
    let desk = Desk::open(
        rules::form::lylich(),
        record,
        0,
        Rc::new(rules::check::run),
        Held::new(true),
        Rc::new(|_, _| ()),
    );
    desk.visit_all();
    provide_context(desk);
    let remarks = Remarks::on(session, hand_in.op_id);
    let said: Vec<Said> = known
        .office
        .remarks
        .iter()
        .filter(|one| {
            one.remark
                .as_deref()
                .is_some_and(|said| said.about == Some(hand_in.op_id))
        })
        .cloned()
        .collect();
    let said = Rc::new(said);
    let beside = {
        let said = Rc::clone(&said);
        Beside::each(move |path| beside(remarks, &said, path, false))
    };
    let day = hand_in
        .place
        .map(|place| crate::time::moment(place.server_time))
        .unwrap_or_default();
    let older = known
        .office
        .hand_ins
        .iter()
        .any(|one| one.account == hand_in.account && one.place > hand_in.place && one.plain.is_some());
    let differ = compare::rules_between(
        plain.rules_version.as_deref().unwrap_or_default(),
        env!("CARGO_PKG_VERSION"),
    );
    let parts = desk
        .form()
        .sections
        .iter()
        .map(|section| part(section, beside))
        .collect::<Vec<_>>();
    pieces![
        el("h1").child(name),
        el("p").class("lead").child(people::handed_in(&day)),
        el("p").class("hint").child(words::LEAD),
        older.then(|| el("p").class("notice notice--warn").child(words::NOT_LAST)),
        rules(differ),
        (desk.form().edition == "2022").then(|| el("p").class("notice").child(words::FORM_2022)),
        findings(desk),
        changes(known, hand_in, plain, desk.form()),
        el("h2").child(words::WHOLE),
        beside_of_whole(remarks, &said),
        el("h2").child(words::PARTS),
        parts,
        acts(session, remarks, hand_in.op_id, hand_in.account)
    ]
}

/// Which rules the candidate's device had otherwise.
fn rules(differ: Differ) -> View {
    let listed = match differ {
        Differ::Same => return View::none(),
        Differ::In(ids) => ids,
        Differ::Unknown => Vec::new(),
    };
    let lines = listed.iter().map(|id| {
        let title = rules::check::rule(id).map_or("", |rule| rule.title);
        el("li").child(format!("{id}: {title}"))
    });
    el("div")
        .class("notice")
        .child(el("p").child(if listed.is_empty() {
            words::RULES_UNKNOWN
        } else {
            words::RULES_DIFFER
        }))
        .child(el("ul").class("list").child(lines.collect::<Vec<_>>()))
        .piece()
}

fn findings(desk: Desk) -> View {
    let found = desk.findings();
    let lines = found.iter().map(|finding| {
        el("li")
            .class(format!("card finding {}", form::tone("finding", finding.severity)))
            .child(
                el("p")
                    .class("finding__where")
                    .child(form::place_name(desk, &finding.place)),
            )
            .child(el("p").child(finding.message()))
    });
    el("details")
        .child(
            el("summary")
                .child(words::FINDINGS)
                .child(" ")
                .child(el("span").class("chip").child(words::findings(found.len()))),
        )
        .child(found.is_empty().then(|| el("p").child(words::NO_FINDINGS)))
        .child(el("ol").class("list").child(lines.collect::<Vec<_>>()))
        .piece()
}

fn changes(known: &Known, hand_in: &HandIn, plain: &Plain, form: &'static Form) -> View {
    let before = known.office.hand_ins.iter().rev().find(|one| {
        one.account == hand_in.account && one.op_id != hand_in.op_id && one.place < hand_in.place && one.plain.is_some()
    });
    let Some(before) = before.and_then(|one| one.plain.as_deref()) else {
        return el("p").class("hint").child(words::FIRST).piece();
    };
    let of = |fields: &sync::Fields| Record::from_fields(fields.clone());
    let all = compare::hand_ins(form, &of(&before.fields), &of(&plain.fields));
    let lines = all.iter().map(|change| {
        let hidden = |text: &str| {
            if change.masked {
                words::MASKED.to_owned()
            } else {
                text.to_owned()
            }
        };
        let text = match change.what {
            What::Added => hidden(&change.after),
            What::Taken => hidden(&change.before),
            What::Changed | What::Moved => format!("{} → {}", hidden(&change.before), hidden(&change.after)),
        };
        el("li")
            .child(el("b").child(change.label.clone()))
            .child(" ")
            .child(el("span").class("chip").child(change.what.label()))
            .child(" ")
            .child(text)
    });
    el("details")
        .child(
            el("summary")
                .child(words::CHANGES)
                .child(" ")
                .child(el("span").class("chip").child(all.len().to_string())),
        )
        .child(all.is_empty().then(|| el("p").child(words::NO_CHANGES)))
        .child(el("ul").class("list").child(lines.collect::<Vec<_>>()))
        .piece()
}

/// One section, drawn when it is opened.
fn part(section: &'static Section, beside: Beside) -> El {
    let open = Held::new(false);
    let body = live::live_if(move || {
        open.get().then(|| {
            provide_context(Veil::drawn());
            provide_context(Aim(None));
            provide_context(beside);
            untrack(|| form::items(section))
        })
    });
    el("details")
        .class("part-of-form")
        .on("toggle", move |_| open.set(true))
        .child(el("summary").child(section.title))
        .child(body)
}

fn beside_of_whole(remarks: Remarks, said: &Rc<Vec<Said>>) -> View {
    beside(remarks, said, WHOLE, true)
}

/// What was said of a place, and a box to say more.
fn beside(remarks: Remarks, said: &Rc<Vec<Said>>, path: &str, whole: bool) -> View {
    let here = |one: &&Said| {
        let place = one.remark.as_deref().map(|said| said.path.as_deref());
        place == Some(Some(path)) || (whole && place == Some(None))
    };
    let earlier: Vec<El> = said.iter().filter(here).map(|one| line(remarks, one)).collect();
    let begun = !remarks.text(path).is_empty() || whole;
    let open = Held::new(begun);
    let (shown, typed) = (path.to_owned(), path.to_owned());
    let id = app::form::part_id(path, "remark");
    let label = id.clone();
    let box_of = move || {
        let (shown, typed) = (shown.clone(), typed.clone());
        let text = remarks.text(&shown);
        el("div")
            .class("remark")
            .child(el("label").attr("for", label.clone()).child(if whole {
                words::WHOLE_LABEL
            } else {
                words::REMARK_LABEL
            }))
            .child(
                el("textarea")
                    .id(label.clone())
                    .attr("rows", "2")
                    .attr("placeholder", words::REMARK_HINT)
                    .value(live::text(move || text.clone()))
                    .on_text("input", move |text| remarks.type_in(&typed, &text)),
            )
    };
    let focused = id;
    el("div")
        .class("remarks")
        .child(el("ul").class("list").child(earlier))
        .child(live::live(move || {
            if open.get() {
                box_of().piece()
            } else {
                let id = focused.clone();
                button("btn btn--quiet")
                    .on("click", move |_| {
                        open.set(true);
                        app::form::focus(id.clone());
                    })
                    .child(words::REMARK)
                    .piece()
            }
        }))
        .piece()
}

fn line(remarks: Remarks, one: &Said) -> El {
    let who = if remarks.is_own(&one.account) {
        words::YOU
    } else {
        match one.role {
            Some(Role::Candidate) => words::CANDIDATE,
            Some(Role::Mentor) => words::MENTOR,
            Some(Role::Secretary) => words::SECRETARY,
            None => words::STRANGER,
        }
    };
    let day = one
        .place
        .map(|place| crate::time::moment(place.server_time))
        .unwrap_or_default();
    el("li")
        .class("remark__said")
        .child(el("span").class("soft").child(format!("{who} {day}: ")))
        .child(one.remark.as_deref().map(|said| said.text.clone()))
}

fn acts(session: Session, remarks: Remarks, op: OpId, candidate: AccountId) -> View {
    let said = Held::new(String::new());
    let busy = Held::new(false);
    let send = move |word: Option<Word>| {
        move |_| {
            if word.is_none_or(|word| word == Word::HandedBack) && remarks.written().is_empty() {
                return said.set(words::NOTHING_TO_SEND.to_owned());
            }
            busy.set(true);
            spawn_local(async move {
                let done = remarks.send(op, candidate, word).await;
                said.try_set(done.err().unwrap_or_else(|| words::DONE.to_owned()));
                busy.try_set(false);
            });
        }
    };
    let act = |class: &'static str, label: &'static str, word: Option<Word>| {
        button(class)
            .is("disabled", live::is(busy))
            .on("click", send(word))
            .child(label)
    };
    el("div")
        .class("stack stack--tight acts")
        .child(live::live_if(move || {
            let count = remarks.written().len();
            (count > 0).then(|| el("p").child(el("strong").child(words::waiting(count))))
        }))
        .child(el("p").class("message").attr("role", "alert").child(live::value(said)))
        .child(if speaks(session) {
            el("div")
                .class("row")
                .child(act("btn btn--primary", words::HAND_BACK, Some(Word::HandedBack)))
                .child(act("btn", words::AGREE, Some(Word::Agreed)))
                .child(act("btn", words::SEEN, Some(Word::Seen)))
                .child(act("btn btn--quiet", words::SEND, None))
        } else {
            el("div").class("row").child(act("btn btn--primary", words::SEND, None))
        })
        .piece()
}
