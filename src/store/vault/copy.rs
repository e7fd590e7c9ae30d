//! The second copy: a vault into a backup file, and a backup file into a vault of its own (storage design §6, B1 to B4).
//!
//! Invariant: rows travel exactly as they are stored, so neither way needs a key; a restore never touches another database; the
//! vault it makes is marked, and makes a new device key before it cuts anything. Deliberately not here: the file's format
//! (`sync::backup`), saving and choosing files (the app).

use super::plan::Plan;
use super::{Vault, disk};
use crate::browser;
use crate::change::Change;
use crate::fault::Fault;
use crate::idb::{Batch, Key, Mode, Store};
use crate::list::{self, Line};
use crate::seal::{Sealed, random};
use crate::wait::Wait;
use sync::backup::{Backup, Content, LARGEST, Row};
use sync::container::FileFault;
use sync::draft::Draft;

/// Everything of a vault, but not what it carries for others. Last what a copy can do without.
const COPIED: [Store; 6] = [
    Store::Slots,
    Store::Meta,
    Store::Drafts,
    Store::Outbox,
    Store::Ops,
    Store::Past,
];
/// What names, keys and the frame may take beside the bytes of the rows.
const MARGIN: usize = 1 << 20;
/// Among the slots of a vault that has no device key of its own yet.
const BORROWED: &str = "copy";

impl Vault {
    /// The backup file of this vault as it is stored. `newest`: a text that could not be stored; it goes into the file all the
    /// same, sealed in memory.
    pub fn backup(&self, newest: Option<Draft>) -> Wait<'_, Result<Vec<u8>, Fault>> {
        Box::pin(async move {
            // Between two writes of all tabs: counters and rows fit each other.
            let _turn = self.turn().await?;
            let mut content = Content {
                vault_id: self.0.vault_id,
                slots: Vec::new(),
                rows: Vec::new(),
            };
            let mut size = 0;
            for store in COPIED {
                let rows = self.0.disk.rows(store).await?;
                size += rows.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
                if store == Store::Past && size > LARGEST - MARGIN {
                    continue;
                }
                let into = if store == Store::Slots {
                    &mut content.slots
                } else {
                    &mut content.rows
                };
                into.extend(rows.into_iter().map(|(key, bytes)| row(store, &key, bytes)));
            }
            if let Some(draft) = newest {
                let keys = self.keys()?;
                let plan = Plan::of(self, &keys.rows, Change::draft(&draft)).await?;
                // Of two rows at one place the later one is put last.
                let puts = plan.batch.puts().iter();
                content
                    .rows
                    .extend(puts.map(|(store, key, sealed)| row(*store, key, sealed.bytes().to_vec())));
            }
            Ok(Backup::new(content, browser::now_s()).encode())
        })
    }

    /// Whether this vault came out of a backup file and still has the device key of the vault that the file was made of.
    pub async fn has_borrowed_device(&self) -> Result<bool, Fault> {
        let row = self.0.disk.row(Store::Slots, &Key::new(BORROWED)).await?;
        Ok(row.is_some())
    }
}

/// In the transaction that stores a device key: it is this vault's own.
pub(super) fn owns_device(batch: &mut Batch) {
    batch.delete(Store::Slots, Key::new(BORROWED));
}

/// Puts a backup file into a vault of its own, beside all others. It opens with the passphrase and the recovery code that the
/// vault had when the file was made.
pub async fn restore(file: &[u8]) -> Result<(), Fault> {
    let Backup { content, made, .. } = Backup::decode(file).map_err(Fault::File)?;
    let mut batch = Batch::default();
    for row in content.slots.into_iter().chain(content.rows) {
        let store = COPIED.into_iter().find(|store| store.name() == row.store);
        let store = store.ok_or(Fault::File(FileFault::Newer))?;
        batch.put(store, Key::new(row.key), Sealed::copied(row.bytes));
    }
    batch.put(Store::Slots, Key::new(BORROWED), Sealed::copied(Vec::new()));
    let mut db_id = [0; 16];
    random(&mut db_id)?;
    let db_id = sync::spelling::hex(&db_id);
    if let Err(fault) = disk(&db_id, Mode::Make).commit(&batch).await {
        // Takes what was made of it away; it has no line yet.
        let _ = Vault::forget(&db_id).await;
        return Err(if fault == Fault::Full { Fault::NoRoom } else { fault });
    }
    let list = list::disk();
    let lines = list::lines(&list).await?;
    let living = |line: &&Line| line.vault_id == content.vault_id && line.closed_s.is_none() && !line.restored;
    let living = lines.iter().map(|(_, line)| line).find(living);
    let line = Line {
        vault_id: content.vault_id,
        nickname: format!(
            "{}, bản dự phòng {}",
            living.map_or("Kho", |living| &living.nickname),
            browser::day_words(&browser::day_of(made))
        ),
        created_day: browser::today(),
        closed_s: None,
        restored: true,
    };
    list::put(&list, &db_id, &line).await
}

fn row(store: Store, key: &Key, bytes: Vec<u8>) -> Row {
    Row {
        store: store.name().to_owned(),
        key: key.as_str().to_owned(),
        bytes,
    }
}
