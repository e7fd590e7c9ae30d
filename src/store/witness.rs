//! The witness: an independent count of what a vault should hold, in localStorage (storage design §5).
//!
//! Invariant: it is written only after the strict commit, so a vault may be ahead of its witness and never behind: store < witness
//! is a loss. It holds counters and a day, no names, no content. Deliberately not here: what is done about a loss (the app asks the
//! person).

use crate::browser;
use crate::counts::Counts;
use crate::fault::{Fault, Loss};
use crate::idb::{Disk, Mode, Store};
use crate::list;
use crate::seal::RowKeys;
use crate::settings;
use std::cell::Cell;

const PREFIX: &str = "lylich.w.";
/// Of the shape in which it is stored.
const VERSION: u64 = 1;
/// Written at most this often.
const EVERY_MS: f64 = 2_000.0;

/// The counters of a vault at some commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Witness {
    /// Writes.
    pub(crate) r: u64,
    /// Drafts.
    d: u64,
    /// Rows in the outbox.
    o: u64,
    /// Last place in the outbox.
    q: u64,
    /// Day, `yyyy-mm-dd`: what a loss is called by.
    pub(crate) t: String,
    /// Signed with the vault's name key.
    h: String,
}

impl Witness {
    fn of(counts: &Counts, keys: &RowKeys) -> Self {
        let mut witness = Self {
            r: counts.writes,
            d: counts.drafts.len() as u64,
            o: counts.outbox,
            q: counts.last_place,
            t: browser::today(),
            h: String::new(),
        };
        witness.h = keys.witness_mark(&witness.signed());
        witness
    }

    fn load(db_id: &str) -> Option<Self> {
        let stored = settings::load(&key(db_id))?;
        let number = |name| Some(browser::property(&stored, name)?.as_f64()? as u64);
        let text = |name| browser::property(&stored, name)?.as_string();
        Some(Self {
            r: number("r")?,
            d: number("d")?,
            o: number("o")?,
            q: number("q")?,
            t: text("t")?,
            h: text("h")?,
        })
    }

    fn save(&self, db_id: &str) {
        let number = |number: u64| (number as f64).into();
        let stored = browser::object(&[
            ("v", number(VERSION)),
            ("r", number(self.r)),
            ("d", number(self.d)),
            ("o", number(self.o)),
            ("q", number(self.q)),
            ("t", self.t.as_str().into()),
            ("h", self.h.as_str().into()),
        ]);
        settings::save(&key(db_id), &stored);
    }

    pub(crate) fn last_place(&self) -> u64 {
        self.q
    }

    fn signed(&self) -> Vec<u8> {
        let mut bytes: Vec<u8> = [self.r, self.d, self.o, self.q]
            .iter()
            .flat_map(|n| n.to_be_bytes())
            .collect();
        bytes.extend_from_slice(self.t.as_bytes());
        bytes
    }
}

/// The witness of an unlocked vault, if it is there and was written with this vault's key.
pub(crate) fn read(db_id: &str, keys: &RowKeys) -> Option<Witness> {
    let witness = Witness::load(db_id)?;
    (witness.h == keys.witness_mark(&witness.signed())).then_some(witness)
}

/// Day of the last write of a vault, as people write it, by its witness.
pub(crate) fn last_day(db_id: &str) -> Option<String> {
    Witness::load(db_id).map(|witness| browser::day_words(&witness.t))
}

/// Takes the witness away: the vault is being removed, or the person has read that it is gone.
pub(crate) fn remove(db_id: &str) {
    settings::remove(&key(db_id));
}

/// The vaults that have a witness.
pub(crate) fn witnessed() -> Vec<String> {
    settings::keys_after(PREFIX)
}

fn key(db_id: &str) -> String {
    format!("{PREFIX}{db_id}")
}

/// Writes the witness of one open vault, at most every two seconds, and not at all while a loss waits for the person's word.
#[derive(Default)]
pub(crate) struct Pen {
    last_ms: Cell<Option<f64>>,
    free: Cell<bool>,
}

impl Pen {
    /// From now on it may write: the vault was compared with the old witness, or the person has chosen.
    pub(crate) fn free(&self) {
        self.free.set(true);
    }

    /// After a commit.
    pub(crate) fn note(&self, db_id: &str, counts: &Counts, keys: &RowKeys) {
        let now = browser::now_ms();
        // A clock that was set back counts as long ago.
        if self.last_ms.get().is_none_or(|last| (now - last).abs() >= EVERY_MS) {
            self.write(db_id, counts, keys);
        }
    }

    /// At once: when the vault is closed.
    pub(crate) fn write(&self, db_id: &str, counts: &Counts, keys: &RowKeys) {
        if self.free.get() {
            Witness::of(counts, keys).save(db_id);
            self.last_ms.set(Some(browser::now_ms()));
        }
    }
}

/// Vaults that this browser held and holds no more (a witness without its database and without a closing line), and what the browser
/// itself said of damage. To be asked at the
/// start, before anything is unlocked.
pub async fn lost_vaults() -> Result<Vec<Loss>, Fault> {
    let lines = list::lines(&list::disk()).await?;
    let mut losses = Vec::new();
    for db_id in witnessed() {
        let closed = lines.iter().any(|(id, line)| *id == db_id && line.closed_s.is_some());
        if closed || is_there(&db_id).await? {
            continue;
        }
        let known = Witness::load(&db_id);
        let (drafts, outbox, day) = known.map_or((0, 0, String::new()), |known| (known.d, known.o, known.t));
        losses.push(Loss::Vault {
            db_id,
            drafts,
            outbox,
            day,
        });
    }
    losses.extend(settings::damage().map(|day| Loss::Damaged { day }));
    Ok(losses)
}

/// The person has read of a loss that [`lost_vaults`] named, and goes on without.
pub fn dismiss_lost(loss: &Loss) {
    match loss {
        Loss::Vault { db_id, .. } => remove(db_id),
        _ => settings::forget_damage(),
    }
}

async fn is_there(db_id: &str) -> Result<bool, Fault> {
    let disk = Disk::new(format!("lylich-{db_id}"), &Store::VAULT, Mode::Existing);
    match disk.count(Store::Slots).await {
        Ok(slots) => Ok(slots > 0),
        Err(Fault::Gone) => Ok(false),
        // Newer, blocked or shut: there, as far as anybody can say.
        Err(Fault::Newer | Fault::Blocked | Fault::CannotOpen) => Ok(true),
        Err(fault) => Err(fault),
    }
}
