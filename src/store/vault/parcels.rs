//! Courier files that this device has packed, or carries for somebody: rows sealed like any other, which a backup leaves out.
//!
//! Invariant: a row's key says nothing about the parcel, whose own name stands in files that others have. They are not counted for the
//! witness: of a lost one the sender packs another. Deliberately not here: what is in a row (`sync::client`).

use super::Vault;
use crate::change::Change;
use crate::fault::Fault;
use crate::idb::{Key, Store};
use sync::client::{Load, Packed};
use sync::id::ParcelId;
use zeroize::Zeroizing;

impl Vault {
    /// Those that were packed here, and those that are carried; rows that do not open are left out.
    pub async fn read_parcels(&self) -> Result<(Vec<Packed>, Vec<Load>), Fault> {
        let rows = self.opened(&self.keys()?.rows, Store::Parcels).await?;
        let rows = || rows.iter().filter_map(|(_, row)| row.as_ref().ok());
        let mut packed: Vec<Packed> = rows().filter_map(|row| Packed::decode(row).ok()).collect();
        let mut loads: Vec<Load> = rows().filter_map(|row| Load::decode(row).ok()).collect();
        packed.sort_by_key(|parcel| parcel.number);
        loads.sort_by_key(|load| load.since);
        Ok((packed, loads))
    }

    /// Keeps a parcel's row, or drops it.
    pub fn parcel(&self, id: &ParcelId, row: Option<Vec<u8>>) -> Result<Change, Fault> {
        let key = Key::new(self.keys()?.rows.row_name(&id.0));
        Ok(Change::row(Store::Parcels, key, row.map(Zeroizing::new)))
    }
}
