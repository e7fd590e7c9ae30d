//! The list of vaults on this phone: database `lylich`, store `vaults`, one clear line a vault.
//!
//! Invariant: a line holds a nickname that the person chose, never a name from a form; a removed vault's line stays 60 days without
//! even that, so that a lagging witness raises no false alarm (storage design §5, S6). Deliberately not here: what is in a vault.

use crate::browser;
use crate::fault::Fault;
use crate::idb::{Batch, Disk, Key, Mode, Store};
use crate::seal::Sealed;
use crate::witness;
use minicbor::Encode;

const NAME: &str = "lylich";
/// How long a removed vault's line is kept.
const CLOSED_S: u64 = 60 * 24 * 60 * 60;

/// A vault as it stands in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VaultListing {
    /// Names its database, 32 hex.
    pub db_id: String,
    /// What the person calls it; empty when it was removed.
    pub nickname: String,
    /// When it was made, `yyyy-mm-dd` by this phone's clock.
    pub created_day: String,
    /// Removed on purpose.
    pub closed: bool,
    /// Made from a backup file.
    pub restored: bool,
    /// Day of its last write, as people write it (`20/11/2026`); `None` when it was not opened here yet.
    pub written: Option<String>,
}

sync::map_shape! {
    /// A line as it is stored.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub(crate) struct Line {
        #[cbor(n(1), with = "minicbor::bytes")]
        pub(crate) vault_id: [u8; 16],
        #[n(2)]
        pub(crate) nickname: String,
        #[n(3)]
        pub(crate) created_day: String,
        /// Seconds since 1970 when it was removed.
        #[n(4)]
        pub(crate) closed_s: Option<u64>,
        #[n(5)]
        pub(crate) restored: bool,
    }
}

/// Where a vault keeps its own id, among its slots.
pub(crate) const ID: &str = "id";

/// All vaults that this browser knows, oldest first. Makes the empty list when there is none; a vault that a witness knows, whose
/// line was lost, is listed again.
pub async fn vaults() -> Result<Vec<VaultListing>, Fault> {
    let disk = disk();
    relist(&disk).await?;
    let now = browser::now_s();
    let mut listings = Vec::new();
    let mut outdated = Batch::default();
    for (db_id, line) in lines(&disk).await? {
        if line.closed_s.is_some_and(|since| now > since.saturating_add(CLOSED_S)) {
            outdated.delete(Store::Vaults, Key::new(db_id));
            continue;
        }
        let Line {
            nickname,
            created_day,
            closed_s,
            restored,
            ..
        } = line;
        let listing = VaultListing {
            written: witness::last_day(&db_id),
            db_id,
            nickname,
            created_day,
            closed: closed_s.is_some(),
            restored,
        };
        let order = |listing: &VaultListing| (listing.created_day.clone(), listing.db_id.clone());
        let at = listings.partition_point(|before| order(before) <= order(&listing));
        listings.insert(at, listing);
    }
    if !outdated.is_empty() {
        disk.commit(&outdated).await?;
    }
    Ok(listings)
}

async fn relist(list: &Disk) -> Result<(), Fault> {
    let known = lines(list).await?;
    for db_id in witness::witnessed() {
        if known.iter().any(|(id, _)| *id == db_id) {
            continue;
        }
        let vault = Disk::new(format!("lylich-{db_id}"), &Store::VAULT, Mode::Existing);
        let id = vault.row(Store::Slots, &Key::new(ID)).await;
        if let Some(vault_id) = id.ok().flatten().and_then(|id| id.try_into().ok()) {
            let line = Line {
                vault_id,
                nickname: "Kho tìm lại".to_owned(),
                created_day: browser::today(),
                closed_s: None,
                restored: false,
            };
            put(list, &db_id, &line).await?;
        }
    }
    Ok(())
}

pub(crate) fn disk() -> Disk {
    Disk::new(NAME.to_owned(), &Store::LIST, Mode::Make)
}

/// The lines that can be read, with their database ids.
pub(crate) async fn lines(disk: &Disk) -> Result<Vec<(String, Line)>, Fault> {
    let rows = disk.rows(Store::Vaults).await?;
    let lines = rows
        .into_iter()
        .map(|(key, row)| Some((key.as_str().to_owned(), sync::shape::whole(&row).ok()?)));
    Ok(lines.flatten().collect())
}

/// One line; `None` when the list does not know the vault.
pub(crate) async fn line(disk: &Disk, db_id: &str) -> Result<Option<Line>, Fault> {
    let key = Key::new(db_id);
    let row = disk.row(Store::Vaults, &key).await?;
    Ok(row.and_then(|row| sync::shape::whole(&row).ok()))
}

/// Writes one line.
pub(crate) async fn put(disk: &Disk, db_id: &str, line: &Line) -> Result<(), Fault> {
    let mut batch = Batch::default();
    batch.put(Store::Vaults, Key::new(db_id), Sealed::listing(line));
    disk.commit(&batch).await.map(drop)
}
