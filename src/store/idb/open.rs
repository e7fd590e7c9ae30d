//! Opening, making and removing a database.
//!
//! Invariant: a database that should be there is never made anew in silence; one written by a newer release is not touched; a tab
//! that does not let go is named after two seconds instead of hanging. Deliberately not here: reading and writing.

use super::Refusal;
use super::Store;
use crate::browser;
use crate::settings;
use crate::wait::{Signal, unless, within};
use indexed_db_futures::Build;
use indexed_db_futures::database::Database;
use indexed_db_futures::internals::SystemRepr;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbVersionChangeEvent};

/// How long another tab may take to let go before the person is asked to close it.
const BLOCKED_MS: u32 = 2_000;

/// Whether a missing database is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Made when missing: the list of vaults, a new vault.
    Make,
    /// Missing is a loss: [`Refusal::Gone`], and nothing is made.
    Existing,
}

/// Opens a database at exactly this version.
pub(crate) async fn open(name: &str, stores: &'static [Store], mode: Mode, version: u32) -> Result<Database, Refusal> {
    let gone = Rc::new(Cell::new(false));
    let blocked = Rc::new(Signal::default());
    let (seen_gone, seen_blocked) = (Rc::clone(&gone), Rc::clone(&blocked));
    let request = Database::open(name)
        .with_version(version)
        .build()
        .map_err(Refusal::of_opening)?;
    // Listeners of our own: with the crate's, every error that it can name comes into the page with its words (5 kB).
    let on_blocked = Closure::<dyn FnMut()>::new(move || seen_blocked.raise());
    let opening = request.as_sys().clone();
    let on_upgrade = Closure::<dyn FnMut(_)>::new(move |event: IdbVersionChangeEvent| {
        let fresh = event.old_version() < 1.0;
        if fresh && browser::says_data_loss() {
            settings::note_damage();
        }
        let made = match mode {
            Mode::Existing if fresh => {
                seen_gone.set(true);
                false
            }
            _ => !fresh || make(&opening, stores).is_some(),
        };
        // An upgrade that is aborted ends, and with it the database that was about to be made.
        if let Some(upgrade) = opening.transaction().filter(|_| !made) {
            let _ = upgrade.abort();
        }
    });
    request
        .as_sys()
        .set_onblocked(Some(on_blocked.as_ref().unchecked_ref()));
    request
        .as_sys()
        .set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));

    // The request goes on by itself: dropped while blocked, it would later open without making its stores.
    let outcome: Rc<RefCell<Option<Result<Database, Refusal>>>> = Rc::default();
    let (done, slot) = (Rc::new(Signal::default()), Rc::clone(&outcome));
    let finished = Rc::clone(&done);
    let given_up = Rc::new(Cell::new(false));
    let unwanted = Rc::clone(&given_up);
    wasm_bindgen_futures::spawn_local(async move {
        let opened = request.await;
        drop((on_blocked, on_upgrade));
        match opened {
            Ok(database) if unwanted.get() => database.close(),
            Ok(database) => *slot.borrow_mut() = Some(Ok(database)),
            Err(_) if gone.get() => *slot.borrow_mut() = Some(Err(Refusal::Gone)),
            Err(refused) => *slot.borrow_mut() = Some(Err(Refusal::of_opening(refused))),
        }
        finished.raise();
    });
    let patience = async {
        blocked.wait().await;
        browser::pause(BLOCKED_MS).await;
    };
    if unless(done.wait(), patience).await.is_none() {
        given_up.set(true);
        return Err(Refusal::Blocked);
    }
    outcome.take().unwrap_or(Err(Refusal::Lost))
}

/// Makes the stores of a database that is being made.
fn make(opening: &IdbOpenDbRequest, stores: &[Store]) -> Option<()> {
    let database: IdbDatabase = opening.result().ok()?.unchecked_into();
    for store in stores {
        database.create_object_store(store.name()).ok()?;
    }
    Some(())
}

/// Removes a database. [`Refusal::Blocked`]: a tab still holds it; it goes when that tab closes.
pub(crate) async fn delete(name: &str) -> Result<(), Refusal> {
    let request = Database::delete_by_name(name).map_err(Refusal::of_opening)?;
    match within(BLOCKED_MS, request).await {
        Some(done) => done.map_err(|refused| Refusal::of(&refused, None)),
        None => Err(Refusal::Blocked),
    }
}
