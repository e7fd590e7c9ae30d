//! The root: which door or page is shown. It owns the open session, so nothing a page does can outlive or undo it.

use leptos::prelude::*;
use store::{Fault, Loss, VaultListing, settings};

use crate::{
    backup,
    el::{Piece, View, button, el, pieces},
    held::Held,
    live, lock, pointer, program, route,
    route::Route,
    screen::{
        about::about,
        choose::choose,
        enrol::enrol,
        hand_in::hand_in,
        home::home,
        loss::loss_screen,
        new_vault::new_vault,
        paper::paper,
        review::review_screen,
        rulebook::rulebook,
        section::section_screen,
        settings::{settings_screen, show_theme},
        start::start,
    },
    sending,
    session::{self, Role, Session},
    status::status_bar,
    tabs,
    text::{desk, gate as words},
    update::update_bar,
};

/// What stands at the door.
#[derive(Clone)]
pub enum Gate {
    /// Reading the list of vaults.
    Looking,
    /// The list could not be read, or another tab took the vault: the words that say so.
    Stuck(&'static str),
    /// Nobody has a vault here yet.
    First,
    /// Making a vault.
    New,
    /// Vaults on this phone.
    Choose(Vec<VaultListing>),
    /// Somebody's vault is open.
    Open(Session),
}

/// The signals every page may need.
#[derive(Clone, Copy)]
pub struct Root {
    pub gate: Held<Gate>,
    pub route: Held<Route>,
    /// An enrolment link that came with the address, until it is used or refused. Kept in memory only.
    pub link: Held<Option<String>>,
    /// Vaults that were here and are not any more, until the person has read it.
    pub lost: Held<Vec<Loss>>,
}

/// The root signals.
pub fn root() -> Root {
    use_context::<Root>().unwrap_or_else(|| unreachable!("provided before anything is drawn"))
}

impl Root {
    /// Reads which vaults there are and shows the fitting door.
    pub fn look(self) {
        leptos::task::spawn_local(async move {
            let found = store::vaults().await;
            self.lost.set(store::lost_vaults().await.unwrap_or_default());
            self.gate.set(match found {
                Ok(list) => {
                    let living: Vec<_> = list.into_iter().filter(|vault| !vault.closed).collect();
                    if living.is_empty() {
                        Gate::First
                    } else {
                        Gate::Choose(living)
                    }
                }
                Err(Fault::CannotOpen) => Gate::Stuck(words::CANNOT_OPEN),
                Err(fault) => Gate::Stuck(fault.words()),
            });
        });
    }
}

/// The whole app.
pub fn app() -> View {
    let link = Held::new(take_link());
    let root = Root {
        gate: Held::new(Gate::Looking),
        route: route::follow(),
        link,
        lost: Held::new(Vec::new()),
    };
    provide_context(root);
    root.look();
    lock::watch(root);
    pointer::watch();
    sending::watch();
    show_theme(settings::theme());

    pieces![
        el("a").class("skip").attr("href", "#main").child(desk::SKIP),
        update_bar(),
        lost(),
        live::live(move || match root.gate.get() {
            Gate::Looking => el("main")
                .id("main")
                .class("page")
                .attr("aria-busy", "true")
                .child(el("p").child(words::LOOKING))
                .piece(),
            Gate::Stuck(text) => el("main")
                .id("main")
                .class("page")
                .child(el("h1").child(words::NAME))
                .child(el("p").class("notice notice--warn").attr("role", "alert").child(text))
                .child(
                    button("btn btn--primary")
                        .on("click", |_| drop(window().location().reload()))
                        .child(desk::UPDATE_RELOAD_TAKE),
                )
                .piece(),
            Gate::First => untrack(start),
            Gate::New => untrack(new_vault),
            Gate::Choose(list) => untrack(move || choose(list)),
            Gate::Open(session) => untrack(move || open(session)),
        })
    ]
}

/// Says that a vault this browser once held is gone; never an empty start in silence.
fn lost() -> View {
    let root = root();
    let read = move |_| {
        for loss in root.lost.get_untracked() {
            store::dismiss_lost(&loss);
        }
        root.lost.set(Vec::new());
    };
    live::live_if(move || {
        let lost = root.lost.get();
        (!lost.is_empty() && !matches!(root.gate.get(), Gate::Open(_))).then(|| {
            el("section")
                .class("page stack")
                .attr("role", "alert")
                .attr("aria-label", words::LOSS_TITLE)
                .child(el("p").child(el("strong").child(words::LOSS_TITLE)))
                .child(
                    lost.iter()
                        .map(|loss| el("p").class("notice notice--warn").child(loss.words()))
                        .collect::<Vec<_>>(),
                )
                .child(backup::open_file())
                .child(button("btn").on("click", read).child(words::GO_ON))
                .piece()
        })
    })
}

/// The pages of an open vault, and the line under them.
fn open(session: Session) -> View {
    provide_context(session);
    let root = root();
    if root.link.get_untracked().is_some() {
        route::go(&Route::Enrol);
    }
    pieces![
        backup::ask(),
        tabs::bar(),
        live::live(move || {
            if !session.losses().is_empty() {
                return untrack(loss_screen);
            }
            match root.route.get() {
                Route::Home => untrack(home),
                Route::Section(slug, place) => untrack(move || section_screen(slug, place)),
                Route::Review => untrack(review_screen),
                Route::Paper => untrack(paper),
                Route::HandIn => untrack(hand_in),
                Route::Enrol => untrack(enrol),
                Route::Other(rest) => match program::more() {
                    Some(more) => untrack(move || (more.page)(rest)),
                    None => untrack(home),
                },
                Route::Settings => untrack(settings_screen),
                Route::RuleBook => untrack(rulebook),
                Route::About => untrack(about),
            }
        }),
        status_bar()
    ]
}

/// Takes an enrolment link out of the address, so that it stays in no history and no screenshot of the bar.
fn take_link() -> Option<String> {
    let fragment = route::fragment();
    if !fragment.starts_with("#1.") {
        return None;
    }
    let other = session::role_of_link(&fragment).is_some_and(|role| role != Role::Candidate);
    if other && program::more().is_none() && !settings::branch_wanted() {
        // The link stays in the address until the other program takes it.
        program::change();
        return None;
    }
    route::replace(&Route::Home);
    Some(fragment)
}
