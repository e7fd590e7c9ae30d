//! The only part that names the IndexedDB crate, and the only one that opens a read-write transaction.
//!
//! Find here: the stores and their keys, [`Disk`] (one open database that heals a lost connection once). Below: `open`, `read`,
//! `write` (the one helper), `refusal` (what the browser's errors mean). Invariant: stores are made at version 1 and never change;
//! content evolves inside the sealed value, a new need is a new store at version 2. Deliberately not here: what a row means.

use crate::counts::Faults;
use crate::fault::Fault;
use crate::wait::Wait;
use indexed_db_futures::database::Database;
use indexed_db_futures::internals::SystemRepr;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::IdbVersionChangeEvent;

#[cfg(test)]
pub(crate) mod failing;
mod open;
mod read;
mod refusal;
mod write;

#[cfg(test)]
pub(crate) use open::open;
pub(crate) use open::{Mode, delete};
pub(crate) use read::Rows;
#[cfg(test)]
pub(crate) use read::{all, count};
pub(crate) use refusal::Refusal;
pub(crate) use write::Batch;

/// Both kinds of database are at this version.
pub(crate) const VERSION: u32 = 1;

/// An object store (storage design §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Store {
    Vaults,
    Slots,
    Meta,
    Drafts,
    Outbox,
    Ops,
    Past,
    Parcels,
}

impl Store {
    pub(crate) const LIST: [Self; 1] = [Self::Vaults];
    pub(crate) const VAULT: [Self; 7] = [
        Self::Slots,
        Self::Meta,
        Self::Drafts,
        Self::Outbox,
        Self::Ops,
        Self::Past,
        Self::Parcels,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Vaults => "vaults",
            Self::Slots => "slots",
            Self::Meta => "meta",
            Self::Drafts => "drafts",
            Self::Outbox => "outbox",
            Self::Ops => "ops",
            Self::Past => "past",
            Self::Parcels => "parcels",
        }
    }
}

/// A row's key: text only, identical in all engines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(String);

impl Key {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why another tab wants this database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Superseded {
    /// A newer release is opening it.
    NewRelease,
    /// It is being removed.
    Removed,
}

/// What is to be done with an open database.
type Work<'a, T> = dyn Fn(Database) -> Wait<'a, Result<T, Refusal>> + 'a;

type Hook = Rc<RefCell<Option<Box<dyn Fn(Superseded)>>>>;

struct Open {
    database: Database,
    // Kept alive as long as the connection, dropped with it.
    _on_change: Closure<dyn FnMut(IdbVersionChangeEvent)>,
    _on_close: Closure<dyn FnMut()>,
}

/// One database. A lost connection is opened again once per call; a second failure is the caller's.
pub(crate) struct Disk {
    name: String,
    stores: &'static [Store],
    mode: Cell<Mode>,
    open: Rc<RefCell<Option<Open>>>,
    hook: Hook,
    /// Met since the last time they were stored.
    faults: Cell<Faults>,
}

impl Disk {
    pub(crate) fn new(name: String, stores: &'static [Store], mode: Mode) -> Self {
        Self {
            name,
            stores,
            mode: Cell::new(mode),
            open: Rc::default(),
            hook: Rc::default(),
            faults: Cell::default(),
        }
    }

    /// From now on the database is there: missing is a loss.
    pub(crate) fn made(&self) {
        self.mode.set(Mode::Existing);
    }

    /// Calls `hook` when another tab wants to upgrade or remove this database.
    pub(crate) fn on_superseded(&self, hook: impl Fn(Superseded) + 'static) {
        *self.hook.borrow_mut() = Some(Box::new(hook));
    }

    /// One row.
    pub(crate) fn row<'a>(&'a self, store: Store, key: &'a Key) -> Wait<'a, Result<Option<Vec<u8>>, Fault>> {
        Box::pin(async move {
            self.with(&move |database| Box::pin(async move { read::get(&database, store, key).await }))
                .await
        })
    }

    /// All rows of a store, by key.
    pub(crate) fn rows(&self, store: Store) -> Wait<'_, Result<Rows, Fault>> {
        Box::pin(async move {
            self.with(&move |database| Box::pin(async move { read::all(&database, store).await }))
                .await
        })
    }

    /// The keys of a store from `first` to `last`, both included, in order.
    pub(crate) fn keys(&self, store: Store, first: Key, last: Key) -> Wait<'_, Result<Vec<Key>, Fault>> {
        Box::pin(async move {
            let range = (&first, &last);
            self.with(&move |database| Box::pin(async move { read::keys(&database, store, range).await }))
                .await
        })
    }

    /// How many rows a store has.
    pub(crate) fn count(&self, store: Store) -> Wait<'_, Result<u64, Fault>> {
        Box::pin(async move {
            self.with(&move |database| Box::pin(async move { read::count(&database, store).await }))
                .await
        })
    }

    /// Writes a batch in one strict transaction. There is no other way to write.
    pub(crate) fn commit<'a>(&'a self, batch: &'a Batch) -> Wait<'a, Result<write::Committed, Fault>> {
        Box::pin(async move {
            self.with(&move |database| Box::pin(async move { write::commit(&database, batch).await }))
                .await
        })
    }

    /// Runs `work` on the open database. A connection that was lost (Safari drops those of hidden pages) is opened again and the
    /// work is done once more.
    async fn with<T>(&self, work: &Work<'_, T>) -> Result<T, Fault> {
        let mut again = false;
        loop {
            let refused = match self.attempt(work).await {
                Ok(done) => return Ok(done),
                Err(refused) => refused,
            };
            if !self.is_worth_another(refused, again) {
                return Err(refused.fault());
            }
            again = true;
        }
    }

    /// Counts what the first try met; lets a lost connection go.
    fn is_worth_another(&self, refused: Refusal, again: bool) -> bool {
        if again {
            return false;
        }
        self.met(refused);
        let lost = matches!(refused, Refusal::Lost | Refusal::Inactive);
        if lost {
            self.close();
        }
        lost
    }

    /// What was met and is not stored yet.
    pub(crate) fn faults(&self) -> Faults {
        self.faults.get()
    }

    /// These are stored now.
    pub(crate) fn faults_stored(&self, stored: Faults) {
        self.faults.set(self.faults.get().minus(stored));
    }

    fn met(&self, refused: Refusal) {
        let one = Faults {
            lost: u64::from(refused == Refusal::Lost),
            inactive: u64::from(refused == Refusal::Inactive),
            full: u64::from(refused == Refusal::Full),
        };
        self.faults.set(self.faults.get().plus(one));
    }

    #[cfg(not(test))]
    async fn attempt<T>(&self, work: &Work<'_, T>) -> Result<T, Refusal> {
        work(self.database().await?).await
    }

    #[cfg(test)]
    async fn attempt<T>(&self, work: &Work<'_, T>) -> Result<T, Refusal> {
        let once = async || work(self.database().await?).await;
        match failing::this_call() {
            Some(plan) if plan.after => once().await.and(Err(plan.refusal)),
            Some(plan) => Err(plan.refusal),
            None => once().await,
        }
    }

    /// The open database.
    pub(crate) fn database(&self) -> Wait<'_, Result<Database, Refusal>> {
        let known = self.open.borrow().as_ref().map(|open| open.database.clone());
        Box::pin(async move {
            match known {
                Some(database) => Ok(database),
                None => self.connect().await,
            }
        })
    }

    async fn connect(&self) -> Result<Database, Refusal> {
        let database = open::open(&self.name, self.stores, self.mode.get(), VERSION).await?;
        if let Some(open) = self.open.borrow().as_ref() {
            // Two calls found no connection; one is enough.
            database.close();
            return Ok(open.database.clone());
        }
        let hook = Rc::clone(&self.hook);
        let on_change = Closure::<dyn FnMut(_)>::new(move |event: IdbVersionChangeEvent| {
            let why = if event.new_version().is_some() {
                Superseded::NewRelease
            } else {
                Superseded::Removed
            };
            if let Some(hook) = hook.borrow().as_ref() {
                hook(why);
            }
        });
        let gone = Rc::downgrade(&self.open);
        let on_close = Closure::<dyn FnMut()>::new(move || {
            // The browser closed the connection by itself: the next call opens a new one. The closures of this one are dropped
            // after this event, not inside it.
            if let Some(open) = gone.upgrade() {
                wasm_bindgen_futures::spawn_local(async move { drop(open.take()) });
            }
        });
        database
            .as_sys()
            .set_onversionchange(Some(on_change.as_ref().unchecked_ref()));
        database.as_sys().set_onclose(Some(on_close.as_ref().unchecked_ref()));
        *self.open.borrow_mut() = Some(Open {
            database: database.clone(),
            _on_change: on_change,
            _on_close: on_close,
        });
        Ok(database)
    }

    /// Closes the connection; transactions already begun still end.
    pub(crate) fn close(&self) {
        if let Some(open) = self.open.take() {
            open.database.as_sys().set_onversionchange(None);
            open.database.as_sys().set_onclose(None);
            open.database.close();
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.close();
    }
}
