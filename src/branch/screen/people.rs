//! The list of those who are followed: first page of a secretary's and of a mentor's vault. Searched, filtered, sorted, counted.
//!
//! Not here: how it is searched (`office::list`), the page of one person (`person`).

use app::{
    el::{El, Piece, View, button, el, input_box, link, main, pieces, question},
    held::{Held, derived},
    live,
    route::{Route, go, href},
    screen::{enrol::connection, hand_in::sent, quiet_link},
    session::{Role, Session, session},
    text::{book, desk},
};
use leptos::task::spawn_local;
use office::{
    Group,
    list::{Counts, Line, Order, Wanted},
};
use rules::course::Stand;

use super::person::choices;
use crate::{
    cases::{self, CASE},
    glance::Glance,
    known::{Known, known},
    pages,
    person::Person,
    text::people as words,
};

/// How many lines are drawn at first, and how many more by a tap: a phone draws two hundred at a slow walk, and nobody reads them all.
const FIRST: usize = 15;
const STEP: usize = 45;

/// What is looked for, as chosen.
#[derive(Clone, Copy)]
struct Search {
    words: Held<String>,
    group: Held<String>,
    state: Held<String>,
    due: Held<String>,
    unread: Held<bool>,
    ready: Held<bool>,
    order: Held<String>,
}

/// The page.
pub fn people() -> View {
    let session = session();
    crate::notes::put_down(session);
    let secretary = session.role.get_untracked() == Role::Secretary;
    let search = Search::blank();
    let found = derived(move || search.look());
    let drawn_to = Held::new(FIRST);
    main("page page--wide stack")
        .child(el("h1").child(words::TITLE))
        .child(secretary.then(|| acts(session)))
        .child(search.boxes(found))
        .child(el("p").attr("role", "status").child(live::text(move || {
            let ready = known().with(|known| known.ready);
            found.with(|(rows, counts)| match (rows.len(), counts.all) {
                _ if !ready => words::READING.to_owned(),
                (0, 0) if secretary => words::EMPTY.to_owned(),
                (0, 0) => words::EMPTY_MENTOR.to_owned(),
                (0, _) => words::NONE_FOUND.to_owned(),
                (shown, all) => words::shown(shown, all),
            })
        })))
        .child(el("ul").class("list list--sections").child(live::live(move || {
            known()
                .with(|known| {
                    found.with(|(rows, _)| {
                        let lines = rows.iter().take(drawn_to.get());
                        let line = |at: &usize| match known.ready {
                            true => Some(drawn(known, known.people.get(*at)?, known.list.lines().get(*at)?)),
                            false => glanced(&known.glance, *at),
                        };
                        lines.filter_map(line).collect::<Vec<_>>()
                    })
                })
                .piece()
        })))
        .child(live::live_if(move || {
            let left = found.with(|(rows, _)| rows.len()).saturating_sub(drawn_to.get());
            (left > 0).then(|| {
                button("btn")
                    .on("click", move |_| drawn_to.set(drawn_to.get_untracked() + STEP))
                    .child(words::more(left))
            })
        }))
        .child((!secretary).then(|| {
            let settings = known().with_untracked(|known| known.settings.clone());
            el("p")
                .class("hint")
                .child(words::interval(&office::follow::interval(&settings)))
        }))
        .child((!secretary).then(super::note::own))
        .child(unreadable())
        .child(connection())
        .child(sent())
        .child(quiet_link(
            &pages::other(super::courier::PAGE),
            crate::text::courier::TITLE,
        ))
        .child(quiet_link(&pages::other("thu-vien"), words::LIBRARY))
        .child(secretary.then(|| {
            pieces![
                quiet_link(&pages::other("khoa"), words::KEYS),
                quiet_link(&pages::other(super::retention::PAGE), crate::text::retention::TITLE)
            ]
        }))
        .child(quiet_link(&Route::Settings, desk::DATA))
        .child(quiet_link(&Route::RuleBook, book::TITLE))
        .child(quiet_link(&Route::About, desk::ABOUT))
        .piece()
}

fn acts(session: Session) -> El {
    let add = move |_| {
        spawn_local(async move {
            if let Ok(record) = cases::begin(session, CASE, &[]).await {
                let key = sync::spelling::hex(record.as_bytes());
                go(&pages::case_page(&key, Some(cases::FIRST_SECTION)));
            }
        });
    };
    let said = Held::new(String::new());
    let month = {
        let today = app::clock::today();
        format!("{}-{:02}", today.y, today.m)
    };
    let label = words::reviewed(&month);
    let review = move |_| {
        let month = month.clone();
        spawn_local(async move {
            let done = cases::reviewed(session, &month).await;
            said.try_set(done.map_or_else(|words| words, words::reviewed_in));
        });
    };
    el("nav")
        .class("row")
        .attr("aria-label", words::ACTS)
        .child(button("btn btn--primary").on("click", add).child(words::ADD))
        .child(link("btn", href(&pages::other("nhap"))).child(words::IMPORT))
        .child(link("btn", href(&pages::other("to-moi"))).child(words::INVITES))
        .child(link("btn", href(&pages::other("dang-vien"))).child(words::MEMBERS))
        .child(link("btn", href(&pages::other("bao-cao"))).child(words::REPORT))
        .child(button("btn").on("click", review).child(label))
        .child(el("span").attr("role", "status").child(live::value(said)))
}

/// Places in the list, and what is counted.
type Looked = (Vec<usize>, Counts);

impl Search {
    fn blank() -> Self {
        let text = || Held::new(String::new());
        Self {
            words: text(),
            group: text(),
            state: text(),
            due: text(),
            unread: Held::new(false),
            ready: Held::new(false),
            order: text(),
        }
    }

    fn look(self) -> Looked {
        let (words, state) = (self.words.get(), self.state.get());
        let wanted = Wanted {
            words: &words,
            group: self.group.with(|group| Group::read(group)),
            state: Some(state.as_str()).filter(|state| !state.is_empty()),
            due: self.due.with(|due| match due.as_str() {
                "over" => Some(Stand::Over),
                "soon" => Some(Stand::Soon),
                _ => None,
            }),
            clock: None,
            unread: self.unread.get(),
            ready: self.ready.get(),
            order: self.order.with(|order| match order.as_str() {
                "clock" => Order::Clock,
                "hand-in" => Order::HandIn,
                _ => Order::Name,
            }),
        };
        known().with(|known| {
            let list = if known.ready { &known.list } else { &known.glance.list };
            let found = list.look(&wanted);
            (found.rows, found.counts)
        })
    }

    fn boxes(self, found: Held<Looked>) -> View {
        let some = |value: &str, label: String| (value.to_owned(), label);
        let groups = move || {
            let group = |(group, count): &(Option<Group>, usize)| {
                let (id, label) = group.map_or(("", words::NO_GROUP), |group| (group.id(), group.label()));
                (!id.is_empty()).then(|| some(id, words::counted(label, *count)))
            };
            found.with(|(_, counts)| counts.groups.iter().filter_map(group).collect::<Vec<_>>())
        };
        let states = move || {
            let state = |(state, count): &(&'static rules::course::State, usize)| {
                some(state.id, words::counted(state.name, *count))
            };
            found.with(|(_, counts)| counts.states.iter().map(state).collect::<Vec<_>>())
        };
        let due = move || {
            found.with(|(_, counts)| {
                vec![
                    some("soon", words::counted(words::DUE_SOON, counts.soon)),
                    some("over", words::counted(words::DUE_OVER, counts.over)),
                ]
            })
        };
        let orders = move || {
            vec![
                some("clock", words::ORDER_CLOCK.to_owned()),
                some("hand-in", words::ORDER_HAND_IN.to_owned()),
            ]
        };
        pieces![
            question("search", words::SEARCH).child(
                input_box("search")
                    .id("search")
                    .uncorrected()
                    .value(live::value(self.words))
                    .typing(self.words),
            ),
            el("details").child(el("summary").child(words::FILTERS)).child(
                el("div")
                    .class("filters")
                    .child(choices("by-group", words::BY_GROUP, self.group, words::ANY, groups))
                    .child(choices("by-state", words::BY_STATE, self.state, words::ANY, states))
                    .child(choices("by-due", words::BY_DUE, self.due, words::ANY, due))
                    .child(choices(
                        "by-order",
                        words::BY_ORDER,
                        self.order,
                        words::ORDER_NAME,
                        orders
                    ))
                    .child(tick(self.unread, move || {
                        found.with(|(_, counts)| words::counted(words::ONLY_UNREAD, counts.unread))
                    }))
                    .child(tick(self.ready, move || {
                        found.with(|(_, counts)| words::counted(words::ONLY_READY, counts.ready))
                    })),
            )
        ]
    }
}

fn tick(so: Held<bool>, label: impl FnMut() -> String + 'static) -> El {
    el("label")
        .class("choice")
        .child(input_box("checkbox").is("checked", live::is(so)).ticking(so))
        .child(el("span").child(live::text(label)))
}

fn drawn(known: &Known, person: &Person, line: &Line) -> El {
    let state = line.state.map_or(words::NO_STATE, |state| state.name);
    let mut chips = vec![("chip", state.to_owned())];
    if line.unread > 0 {
        chips.push(("chip chip--open", words::NEW_HAND_IN.to_owned()));
    }
    for clock in line.clocks.iter().filter(|clock| clock.stand != Stand::Fine).take(2) {
        chips.push(("chip chip--look", format!("{}: {}", clock.what, clock.until.show())));
    }
    if person.account.is_none() {
        chips.push(("chip", words::NO_PHONE.to_owned()));
    }
    if person.kept > 0 {
        chips.push(("chip chip--look", words::TWO_VERSIONS.to_owned()));
    }
    if person.waits && known.office.people.len() > 1 {
        chips.push(("chip", words::WAITS.to_owned()));
    }
    entry(&person.key, words::shown_name(&person.name), line, chips)
}

/// A line as it was before.
fn glanced(glance: &Glance, at: usize) -> Option<El> {
    let (key, line) = (glance.keys.get(at)?, glance.list.lines().get(at)?);
    let state = line.state.map_or(words::NO_STATE, |state| state.name);
    Some(entry(
        key,
        words::shown_name(&line.name),
        line,
        vec![("chip", state.to_owned())],
    ))
}

fn entry(key: &str, name: String, line: &Line, chips: Vec<(&'static str, String)>) -> El {
    let title = if line.unit.is_empty() {
        name
    } else {
        format!("{name}, {}", line.unit)
    };
    let chips = chips
        .into_iter()
        .map(|(class, text)| el("span").class(class).child(text));
    el("li").child(
        link("section-link", href(&pages::person_page(key)))
            .child(el("span").class("section-link__title").child(title))
            .child(el("span").class("section-link__state").child(chips.collect::<Vec<_>>())),
    )
}

fn unreadable() -> View {
    live::live_if(move || {
        let count = known().with(|known| known.office.unreadable);
        (count > 0).then(|| {
            pieces![
                el("p").child(el("strong").child(format!("{count} {}", words::UNREADABLE))),
                el("p").class("hint").child(words::UNREADABLE_MORE)
            ]
        })
    })
}
