//! What a person takes back: a hand-in, or the consent. Each is one strict transaction of signed ops, which go out when there is a network.
//!
//! Invariant: what is withdrawn stays on this phone as a draft; only the copies elsewhere are erased. Not here: removing a vault
//! (`store::Vault::forget`).

use store::Change;
use sync::{client, id::RecordId};

use super::{Session, acts::now};
use crate::{ids::Browser, text::desk as words};

impl Session {
    /// Erases everything of this record that was handed in (`erase`), and takes the consent back (`unsay`): then nothing more leaves.
    pub async fn withdraw(&self, record: RecordId, erase: bool, unsay: bool) -> Result<(), String> {
        self.settle_down().await?;
        let rows = self.rows().await.ok_or(words::TRYING)?;
        let mut identity = self.identity.get_untracked().ok_or(words::NEED_CONNECT)?;
        let mut draft = self.draft_now(record).ok_or(words::NEED_CONNECT)?;
        let mut ops = Vec::new();
        if erase {
            // First the same text as a version of its own, so that the record goes on.
            let kept = client::keep(&mut identity, &draft, now(), &mut Browser).map_err(|fault| fault.words())?;
            draft.moved_on(kept.op_id);
            draft.handed_in = None;
            ops.push(kept);
            for out in rows.handed_in(record) {
                ops.extend(client::erase(&mut identity, &out, &mut Browser));
            }
        }
        if unsay {
            ops.push(client::withdraw(&mut identity, None, &mut Browser));
        }
        self.store_all(Change::none(), identity, ops, Some(draft)).await
    }
}
