//! The root: which door or page is shown. It owns the open session, so nothing a page does can outlive or undo it.

use leptos::prelude::*;
use store::{Loss, VaultListing, settings};

use crate::{
    live, lock, pointer, route,
    route::Route,
    screen::{
        about::About,
        choose::Choose,
        enrol::Enrol,
        hand_in::HandIn,
        home::Home,
        loss::LossScreen,
        new_vault::NewVault,
        note::NoteScreen,
        review::ReviewScreen,
        section::SectionScreen,
        settings::{SettingsScreen, show_theme},
        start::Start,
    },
    sending,
    session::Session,
    status::StatusBar,
    text::{desk, gate as words},
    update::UpdateBar,
};

/// What stands at the door.
#[derive(Clone)]
pub enum Gate {
    /// Reading the list of vaults.
    Looking,
    /// The list could not be read: the words that say so.
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
    pub gate: RwSignal<Gate, LocalStorage>,
    pub route: RwSignal<Route>,
    /// An enrolment link that came with the address, until it is used or refused. Kept in memory only.
    pub link: RwSignal<Option<String>>,
    /// Vaults that were here and are not any more, until the person has read it.
    pub lost: RwSignal<Vec<Loss>, LocalStorage>,
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
                Err(fault) => Gate::Stuck(fault.words()),
            });
        });
    }
}

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    let link = RwSignal::new(take_link());
    let root = Root {
        gate: RwSignal::new_local(Gate::Looking),
        route: route::follow(),
        link,
        lost: RwSignal::new_local(Vec::new()),
    };
    provide_context(root);
    root.look();
    lock::watch(root);
    pointer::watch();
    sending::watch();
    show_theme(settings::theme());

    view! {
        <a class="skip" href="#main">{desk::SKIP}</a>
        <UpdateBar />
        <Lost />
        {live::live(move || match root.gate.get() {
            Gate::Looking => view! { <main id="main" class="page" aria-busy="true"><p>{words::LOOKING}</p></main> }.into_any(),
            Gate::Stuck(text) => view! { <main id="main" class="page"><h1>{words::NAME}</h1><p class="notice notice--warn" role="alert">{text}</p></main> }.into_any(),
            Gate::First => view! { <Start /> }.into_any(),
            Gate::New => view! { <NewVault /> }.into_any(),
            Gate::Choose(list) => view! { <Choose list /> }.into_any(),
            Gate::Open(session) => view! { <Open session /> }.into_any(),
        })}
    }
}

/// Says that a vault this browser once held is gone; never an empty start in silence.
#[component]
fn Lost() -> impl IntoView {
    let root = root();
    let read = move |_| {
        for loss in root.lost.get_untracked() {
            if let Loss::Vault { db_id, .. } = loss {
                store::dismiss_lost(&db_id);
            }
        }
        root.lost.set(Vec::new());
    };
    live::live_if(move || {
        let lost = root.lost.get();
        (!lost.is_empty() && !matches!(root.gate.get(), Gate::Open(_))).then(|| {
            view! {
                <section class="page stack" role="alert" aria-label=words::LOSS_TITLE>
                    <p><strong>{words::LOSS_TITLE}</strong></p>
                    {lost.iter().map(|loss| view! { <p class="notice notice--warn">{loss.words()}</p> }).collect_view()}
                    <button class="btn" on:click=live::on(read)>{words::GO_ON}</button>
                </section>
            }
            .into_any()
        })
    })
}

/// The pages of an open vault, and the line under them.
#[component]
fn Open(session: Session) -> impl IntoView {
    provide_context(session);
    let root = root();
    if root.link.get_untracked().is_some() {
        route::go(&Route::Enrol);
    }
    view! {
        {live::live(move || {
            if !session.losses().is_empty() {
                return view! { <LossScreen /> }.into_any();
            }
            match root.route.get() {
                Route::Home => view! { <Home /> }.into_any(),
                Route::Section(slug, place) => view! { <SectionScreen slug place /> }.into_any(),
                Route::Review => view! { <ReviewScreen /> }.into_any(),
                Route::HandIn => view! { <HandIn /> }.into_any(),
                Route::Enrol => view! { <Enrol /> }.into_any(),
                Route::Note(record) => view! { <NoteScreen record /> }.into_any(),
                Route::Settings => view! { <SettingsScreen /> }.into_any(),
                Route::About => view! { <About /> }.into_any(),
            }
        })}
        <StatusBar />
    }
}

/// Takes an enrolment link out of the address, so that it stays in no history and no screenshot of the bar.
fn take_link() -> Option<String> {
    let fragment = route::fragment();
    if !fragment.starts_with("#1.") {
        return None;
    }
    route::replace(&Route::Home);
    Some(fragment)
}
