//! What one transaction changes, said in the app's own terms (storage design §3, "what goes together").
//!
//! Invariant: everything in one change is stored together or not at all, and each part is sealed before the transaction opens: the
//! write helper below takes sealed bytes only. Deliberately not here: how each part becomes rows (`vault::plan`).

use crate::idb::{Key, Store};
use sync::client::{Identity, KeptOp, Mail, OutRow, Outgoing, Pulled};
use sync::draft::Draft;
use sync::id::RecordId;
use zeroize::Zeroizing;

/// One part of a change.
#[derive(Clone)]
pub(crate) enum Act {
    Draft(Draft),
    DropDraft(RecordId),
    /// Keeps the present text of a draft as an earlier one: at lock.
    KeepText(RecordId),
    Outgoing(Outgoing),
    OutRow(OutRow),
    Receipt(KeptOp),
    Pulled(Pulled),
    OwnDevice,
    /// A row at its place; none: it goes.
    Row(Store, Key, Option<Zeroizing<Vec<u8>>>),
    Setting(String, String),
    /// Counts what is there, after the person has read what is missing.
    Recount,
}

/// What one transaction changes. Parts combine with [`Change::and`].
#[derive(Clone, Default)]
pub struct Change(pub(crate) Vec<Act>);

impl Change {
    /// Nothing yet.
    pub fn none() -> Self {
        Self::default()
    }

    /// Both in one transaction.
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub(crate) fn row(store: Store, key: Key, clear: Option<Zeroizing<Vec<u8>>>) -> Self {
        Self(vec![Act::Row(store, key, clear)])
    }

    /// The newest text of a draft.
    pub fn draft(draft: &Draft) -> Self {
        Self(vec![Act::Draft(draft.clone())])
    }

    /// Takes a draft away, with its earlier texts.
    pub fn drop_draft(record_id: &RecordId) -> Self {
        Self(vec![Act::DropDraft(*record_id)])
    }

    /// An op that was just cut, into the outbox.
    pub fn outgoing(outgoing: &Outgoing) -> Self {
        Self(vec![Act::Outgoing(outgoing.clone())])
    }

    /// An op that came from the endpoint.
    pub fn pulled(op: &Pulled) -> Self {
        Self(vec![Act::Pulled(op.clone())])
    }

    /// The new state of an op in the outbox. One that is not there any more stays away, unless it is to be sent (again).
    pub fn out_row(row: &OutRow) -> Self {
        Self(vec![Act::OutRow(row.clone())])
    }

    /// An op with its receipt: kept for good, then out of the outbox.
    pub fn receipt(op: &KeptOp) -> Self {
        Self(vec![Act::Receipt(op.clone())])
    }

    /// Account and device keys, counter, branch set.
    pub fn identity(identity: &Identity) -> Self {
        Self::row(Store::Meta, Key::new("self"), Some(identity.encode()))
    }

    /// Says that the device key in the identity is this vault's own: see [`crate::Vault::has_borrowed_device`].
    pub fn own_device() -> Self {
        Self(vec![Act::OwnDevice])
    }

    /// What is known about the endpoint's side.
    pub fn mail(mail: &Mail) -> Self {
        Self::row(Store::Meta, Key::new("cursor"), Some(Zeroizing::new(mail.encode())))
    }

    /// A setting of this vault: it lies sealed, unlike those of `settings`.
    pub fn setting(name: &str, value: &str) -> Self {
        Self(vec![Act::Setting(name.to_owned(), value.to_owned())])
    }
}
