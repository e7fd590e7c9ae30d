//! What a reader of a hand-in writes: remarks at its places, kept as they are typed and sent together; the branch's word about it.
//!
//! Invariant: nobody but the candidate changes the candidate's words; a remark stands beside them. A remark that is being written lies in
//! the vault like any draft. Not here: drawing (`screen::review`).

use app::{
    clock,
    ids::Browser,
    session::{Role, Session},
};
use leptos::prelude::*;
use store::Saver;
use sync::{
    body::{Status, Word},
    client::{self, Reader},
    draft::Draft,
    id::{AccountId, OpId, RecordId},
    spelling::hex,
};

use crate::{act::Act, known::known};

/// Id of the draft that holds remarks which were not sent.
pub const REMARKS: &str = "remarks/1";
/// Where that draft names its hand-in.
const TO: &str = "to";
/// The path of what is said about the whole hand-in.
pub const WHOLE: &str = "*";

/// Remarks on one hand-in that were not sent yet.
#[derive(Clone, Copy)]
pub struct Remarks {
    draft: StoredValue<Draft, LocalStorage>,
    saver: StoredValue<Option<Saver>, LocalStorage>,
    session: Session,
    /// Changes when a remark is begun, emptied or sent.
    pub changed: Trigger,
}

impl Remarks {
    /// Those on this hand-in, as they were left.
    pub fn on(session: Session, op: OpId) -> Self {
        let to = hex(op.as_bytes());
        let found = session.drafts.with_untracked(|drafts| {
            let own = |draft: &&Draft| draft.form == REMARKS && draft.fields.get(TO) == Some(&to);
            drafts.iter().find(own).cloned()
        });
        let draft = found.unwrap_or_else(|| {
            let mut draft = Draft::new(RecordId::draw(&mut Browser), REMARKS);
            draft.fields.insert(TO.to_owned(), to);
            draft
        });
        let saver = session.vault().map(|vault| Saver::new(vault, |_| ()));
        Self {
            draft: StoredValue::new_local(draft),
            saver: StoredValue::new_local(saver),
            session,
            changed: Trigger::new(),
        }
    }

    /// What is written at a place.
    pub fn text(self, path: &str) -> String {
        self.draft
            .with_value(|draft| draft.fields.get(path).cloned().unwrap_or_default())
    }

    /// A key was pressed.
    pub fn type_in(self, path: &str, text: &str) {
        let blank = self.text(path).trim().is_empty();
        self.draft.update_value(|draft| {
            draft.set(path, text);
        });
        let draft = self.draft.get_value();
        self.session.replace(draft.clone());
        self.saver.with_value(|saver| {
            if let Some(saver) = saver {
                saver.offer(draft);
            }
        });
        if blank != text.trim().is_empty() {
            self.changed.notify();
        }
    }

    /// Places with a remark, and how many; tracked.
    pub fn written(self) -> Vec<(String, String)> {
        self.changed.track();
        self.draft.with_value(|draft| {
            let said = draft
                .fields
                .iter()
                .filter(|(path, text)| *path != TO && !text.trim().is_empty());
            said.map(|(path, text)| (path.clone(), text.clone())).collect()
        })
    }

    /// Sends every remark, and says the branch's word when one is given.
    ///
    /// # Errors
    /// In words.
    pub async fn send(self, op: OpId, candidate: AccountId, word: Option<Word>) -> Result<(), String> {
        self.flush().await;
        let mut act = Act::begin(self.session).await?;
        let others = readers(self.session, candidate);
        for (path, text) in self.written() {
            let place = Some(path.as_str()).filter(|path| *path != WHOLE);
            let out = client::annotate(&mut act.who, &others, (op, place), text.trim(), act.now, &mut act.rnd);
            act.send(out.map_err(|fault| fault.words())?);
        }
        if let Some(word) = word {
            let status = Status {
                subject: candidate,
                about: Some(op),
                word,
                day: clock::today().iso(),
            };
            let leaves = known().with_untracked(|known| known.office.word_leaves(&candidate));
            let out = client::say(&mut act.who, &status, &leaves, &mut act.rnd).map_err(|fault| fault.words())?;
            act.send(out);
        }
        act.drop_draft(self.draft.with_value(|draft| draft.record_id));
        act.done(self.session).await?;
        let to = hex(op.as_bytes());
        self.draft.update_value(|draft| {
            *draft = Draft::new(RecordId::draw(&mut Browser), REMARKS);
            draft.fields.insert(TO.to_owned(), to);
        });
        self.changed.notify();
        Ok(())
    }

    /// Whether this account is the writer's own.
    pub fn is_own(self, account: &AccountId) -> bool {
        self.session
            .identity
            .with_untracked(|who| who.as_ref().is_some_and(|who| who.account_id() == *account))
    }

    async fn flush(self) {
        let saver = self.saver.get_value();
        if let Some(saver) = saver {
            saver.flush().await;
        }
    }
}

/// Who reads what is said to this candidate, besides the branch and the writer: the candidate, and those who help.
fn readers(session: Session, candidate: AccountId) -> Vec<Reader> {
    let own = session
        .identity
        .with_untracked(|who| who.as_ref().map(client::Identity::account_id));
    known().with_untracked(|known| {
        let helpers = known.office.mentors_of(&candidate);
        let all = known.office.reader(&candidate).into_iter().chain(helpers);
        all.filter(|reader| Some(reader.account) != own).collect()
    })
}

/// Whether this device speaks for the branch.
pub fn speaks(session: Session) -> bool {
    session.role.get_untracked() == Role::Secretary
}
