//! One person's data on this browser: one database, one vault key, one passphrase.
//!
//! Find here: [`Vault`] with its open state, closing, locks between tabs. Below: `door` (make, unlock, change the passphrase,
//! remove), `copy` (the backup file), `read`, `write` (the one way to change anything) with `plan` and `past`, `health`. Invariant: without keys there is no
//! vault, only rows that nobody can read; two vaults share nothing. Deliberately not here: the list of vaults (`list`).

use crate::counts::Counts;
use crate::fault::Fault;
use crate::idb::{Disk, Mode, Store, Superseded};
use crate::lock::{self, EditLock, SendLock};
use crate::saver::{FLUSH_MS, Writing};
use crate::seal::{RowKeys, VaultKey};
use crate::wait::within;
use crate::witness::Pen;
use crate::worker::Kdf;
use past::Pasts;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::{Rc, Weak};
use sync::id::RecordId;

mod copy;
mod door;
mod health;
mod parcels;
mod past;
mod plan;
mod read;
mod write;

pub use copy::restore;
pub use door::Secret;
pub use past::Earlier;
pub use write::Committed;

/// An unlocked vault. Clones share it; [`Vault::close`] locks all of them.
#[derive(Clone)]
pub struct Vault(Rc<Inner>);

struct Keys {
    rows: RowKeys,
    vault_key: VaultKey,
}

struct Inner {
    db_id: String,
    vault_id: [u8; 16],
    kdf: Kdf,
    disk: Disk,
    keys: RefCell<Option<Rc<Keys>>>,
    /// As of the last commit or look of this tab; the row on the disk is what counts.
    counts: RefCell<Counts>,
    /// The last write whose rows this tab knows.
    seen: Cell<u64>,
    pasts: RefCell<Pasts>,
    pen: Pen,
    savers: RefCell<Vec<Weak<dyn Writing>>>,
    on_superseded: RefCell<Option<Told>>,
}

type Told = Box<dyn Fn(Superseded)>;

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Vault({})", self.0.db_id)
    }
}

impl Vault {
    fn open(db_id: String, vault_id: [u8; 16], kdf: Kdf, mode: Mode, vault_key: VaultKey) -> Result<Self, Fault> {
        let rows = RowKeys::derive(vault_id, &vault_key)?;
        let vault = Self(Rc::new(Inner {
            disk: disk(&db_id, mode),
            db_id,
            vault_id,
            kdf,
            keys: RefCell::new(Some(Rc::new(Keys { rows, vault_key }))),
            counts: RefCell::default(),
            seen: Cell::default(),
            pasts: RefCell::default(),
            pen: Pen::default(),
            savers: RefCell::default(),
            on_superseded: RefCell::default(),
        }));
        vault.give_way();
        Ok(vault)
    }

    /// Names this vault's database, 32 hex.
    pub fn db_id(&self) -> &str {
        &self.0.db_id
    }

    /// Whether the keys are still here.
    pub fn is_open(&self) -> bool {
        self.0.keys.borrow().is_some()
    }

    /// Locks: waits at most two seconds for the savers, keeps the newest texts as earlier ones, drops the keys, closes the
    /// database. Safe to call twice.
    pub async fn close(&self) {
        within(FLUSH_MS, async {
            self.flush().await;
            self.keep_texts().await;
        })
        .await;
        if let Ok(keys) = self.keys() {
            self.0.pen.write(&self.0.db_id, &self.0.counts.borrow(), &keys.rows);
        }
        self.forget_keys();
    }

    /// When the page comes back: a connection that the browser dropped meanwhile is opened again before the person types.
    pub async fn wake(&self) -> Result<(), Fault> {
        self.read_setting("").await.map(drop)
    }

    /// Names this vault in every copy of it, 32 hex.
    pub fn vault_id(&self) -> String {
        sync::spelling::hex(&self.0.vault_id)
    }

    /// Names the right to edit a record, for the tab that has it; says nothing about the record.
    pub fn edit_name(&self, record_id: &RecordId) -> Option<String> {
        let keys = self.keys().ok()?;
        Some(format!("edit:{}", keys.rows.row_name(&record_id.0)))
    }

    /// The right to edit a record in this tab; `None` while another tab has it (or has none to give). `asked`: the other tab was
    /// asked to let go, so it gets five seconds.
    pub async fn edit_lock(&self, record_id: &RecordId, asked: bool) -> Option<EditLock> {
        let name = self.edit_name(record_id)?;
        let patience = if asked { lock::ASKED_MS } else { lock::GRACE_MS };
        let held = lock::try_hold(&name, patience).await?;
        // Another tab may have written since: the text before the next one is read from the disk.
        self.0.pasts.borrow_mut().forget(record_id);
        Some(EditLock(held))
    }

    /// The right to send for this vault in this tab; `None` while another tab has it.
    pub async fn sender_lock(&self) -> Option<SendLock> {
        let name = format!("sync:{}", self.vault_id());
        lock::try_hold(&name, lock::GRACE_MS).await.map(SendLock)
    }

    /// Calls `told` when a newer release in another tab, or the removal of this vault, took the database away. What was typed is
    /// flushed first; the vault is closed.
    pub fn on_superseded(&self, told: impl Fn(Superseded) + 'static) {
        *self.0.on_superseded.borrow_mut() = Some(Box::new(told));
    }

    /// Another tab wants the database (T5): flush, close, tell.
    fn give_way(&self) {
        let inner = Rc::downgrade(&self.0);
        self.0.disk.on_superseded(move |why| {
            let Some(vault) = inner.upgrade().map(Self) else { return };
            wasm_bindgen_futures::spawn_local(async move {
                within(FLUSH_MS, vault.flush()).await;
                vault.forget_keys();
                if let Some(told) = vault.0.on_superseded.borrow().as_ref() {
                    told(why);
                }
            });
        });
    }

    pub(crate) fn register(&self, saver: Weak<dyn Writing>) {
        let mut savers = self.0.savers.borrow_mut();
        savers.retain(|known| known.strong_count() > 0);
        savers.push(saver);
    }

    async fn flush(&self) {
        let savers: Vec<_> = self.0.savers.borrow().iter().filter_map(Weak::upgrade).collect();
        for saver in savers {
            saver.flushed().await;
        }
    }

    fn forget_keys(&self) {
        self.0.keys.take();
        self.0.pasts.take();
        self.0.disk.close();
    }

    fn keys(&self) -> Result<Rc<Keys>, Fault> {
        self.0.keys.borrow().clone().ok_or(Fault::Closed)
    }
}

fn disk(db_id: &str, mode: Mode) -> Disk {
    Disk::new(database_name(db_id), &Store::VAULT, mode)
}

fn database_name(db_id: &str) -> String {
    format!("lylich-{db_id}")
}

#[cfg(test)]
impl Vault {
    /// Closes the connection behind the vault's back.
    pub(crate) async fn lose_connection(&self) {
        let lost = self.0.disk.database().await;
        lost.unwrap().close();
    }

    /// As a tab that stands still: other tabs' wishes are not heard.
    pub(crate) fn ignore_other_tabs(&self) {
        self.0.disk.on_superseded(|_| {});
    }
}
