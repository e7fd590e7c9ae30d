//! Earlier texts of a draft: "Lấy lại chữ cũ".
//!
//! Invariant: an earlier text is written in the same transaction as the text that replaces it, at most once in ten minutes of
//! typing and once at lock, and 200 are kept a draft. They are not dropped by age, because a phone's clock may jump. Deliberately
//! not here: sealing and storing (`plan`).

use super::Vault;
use crate::browser;
use crate::counts::{DraftRow, PastRow};
use crate::fault::Fault;
use crate::idb::{Key, Store};
use crate::seal::RowKeys;
use sync::draft::Draft;
use sync::id::RecordId;
use sync::shape;

/// So many are kept a draft.
pub(super) const MOST: u64 = 200;
const EVERY_S: u64 = 10 * 60;

/// An earlier text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// When it was put aside: seconds since 1970 by the phone's clock then.
    pub kept_s: u64,
    /// The draft as it was.
    pub draft: Draft,
}

/// What this tab knows about one draft's earlier texts.
#[derive(Clone, Default)]
pub(crate) struct Past {
    /// The text on the disk.
    text: Option<Vec<u8>>,
    /// Whether that text is already among the earlier ones.
    text_kept: bool,
    /// When one was put aside last; for a new draft, when it began.
    kept_s: u64,
    /// Number of the next one.
    next: u64,
}

impl Past {
    /// Whether the text on the disk should be put aside before `newer` replaces it.
    pub(super) fn is_due(&self, now_s: u64, newer: &[u8]) -> bool {
        let changes = self.text.as_deref().is_some_and(|text| text != newer);
        changes && !self.text_kept && now_s.abs_diff(self.kept_s) >= EVERY_S
    }

    /// Puts the text on the disk aside: its number, and the text.
    pub(super) fn kept(&mut self, now_s: u64) -> Option<(u64, Vec<u8>)> {
        let text = self.text.clone()?;
        let number = self.next;
        self.next += 1;
        self.kept_s = now_s;
        self.text_kept = true;
        Some((number, text))
    }

    /// A newer text is on the disk.
    pub(super) fn wrote(&mut self, text: Vec<u8>) {
        if self.text.as_ref() != Some(&text) {
            self.text = Some(text);
            self.text_kept = false;
        }
    }
}

/// What this tab knows about the drafts it has written.
#[derive(Default)]
pub(crate) struct Pasts(Vec<(RecordId, Past)>);

impl Pasts {
    pub(super) fn learn(&mut self, stored: Vec<(RecordId, Past)>) {
        for (record_id, past) in stored {
            self.forget(&record_id);
            if past.text.is_some() {
                self.0.push((record_id, past));
            }
        }
    }

    pub(super) fn forget(&mut self, record_id: &RecordId) {
        self.0.retain(|(known, _)| known != record_id);
    }

    pub(super) fn known(&self, record_id: &RecordId) -> Option<Past> {
        self.0
            .iter()
            .find(|(known, _)| known == record_id)
            .map(|(_, past)| past.clone())
    }

    /// Drafts whose text was written here and is not among the earlier ones.
    pub(super) fn not_kept(&self) -> Vec<RecordId> {
        self.0
            .iter()
            .filter(|(_, past)| !past.text_kept)
            .map(|(record_id, _)| *record_id)
            .collect()
    }
}

/// Key of an earlier text: the draft's row name and a number.
pub(super) fn key(name: &str, number: u64) -> Key {
    Key::new(format!("{name}-{number:08}"))
}

impl Vault {
    /// The earlier texts of a draft, newest first.
    pub async fn earlier(&self, record_id: &RecordId) -> Result<Vec<Earlier>, Fault> {
        let keys = self.keys()?;
        let name = keys.rows.row_name(&record_id.0);
        let mut earlier = Vec::new();
        for key in self.past_keys(&name).await?.iter().rev() {
            if let Some(row) = self.past_row(&keys.rows, key).await?
                && let Ok(draft) = Draft::decode(&row.draft)
            {
                earlier.push(Earlier {
                    kept_s: row.kept_s,
                    draft,
                });
            }
        }
        Ok(earlier)
    }

    pub(super) async fn past_keys(&self, name: &str) -> Result<Vec<Key>, Fault> {
        // ':' follows '9': all numbers of this draft, and of no other.
        let (first, last) = (Key::new(format!("{name}-")), Key::new(format!("{name}-:")));
        self.0.disk.keys(Store::Past, first, last).await
    }

    async fn past_row(&self, keys: &RowKeys, key: &Key) -> Result<Option<PastRow>, Fault> {
        let row = self.row(keys, Store::Past, key).await?;
        Ok(row.and_then(Result::ok).and_then(|clear| shape::whole(&clear).ok()))
    }

    /// What is known about a draft's earlier texts; the first time in a session it is read from the disk.
    pub(super) async fn past(&self, keys: &RowKeys, record_id: &RecordId, name: &str) -> Result<Past, Fault> {
        let known = self.0.pasts.borrow().known(record_id);
        if let Some(past) = known {
            return Ok(past);
        }
        let row = self.row(keys, Store::Drafts, &Key::new(name)).await?;
        let stored = row
            .and_then(Result::ok)
            .and_then(|clear| shape::whole::<DraftRow>(&clear).ok());
        let mut past = Past {
            text: stored.map(|row| row.draft),
            kept_s: browser::now_s(),
            ..Past::default()
        };
        if past.text.is_some() {
            past.kept_s = 0;
        }
        if let Some(newest) = self.past_keys(name).await?.last() {
            let number = newest
                .as_str()
                .rsplit('-')
                .next()
                .and_then(|number| number.parse::<u64>().ok());
            past.next = number.map_or(0, |number| number + 1);
            if let Some(row) = self.past_row(keys, newest).await? {
                past.text_kept = past.text.as_ref() == Some(&row.draft);
                past.kept_s = row.kept_s;
            }
        }
        Ok(past)
    }
}
