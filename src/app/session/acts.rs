//! What a person does with an open vault that leaves a trace: connect, hand in, send a note, open again, write a new note.
//!
//! Each act is one strict transaction (`Change`), made of things already sealed; only when it is stored do the signals move.

use store::Change;
use sync::{
    Now,
    body::Consent,
    client::{self, Identity, KeptOp, OutRow, OutState, Outgoing},
    draft::Draft,
    id::RecordId,
    kind::Kind,
    label::Sending,
    link::Link,
};

use super::{NOTE, Session};
use crate::{
    clock,
    ids::Browser,
    sending,
    text::{consent, desk as words},
};

/// Version of the rules a hand-in was checked with; stands in the sealed body.
const RULES_VERSION: &str = env!("CARGO_PKG_VERSION");

impl Session {
    /// Agrees to the consent screen and connects: keys are made, the `join` waits in the outbox. Works without a network.
    pub async fn enrol(&self, link: &Link) -> Result<(), String> {
        let consent = Consent {
            text: consent::NUMBER,
            class: link.set.class,
            under16: false,
            guardian: false,
            withdrawn: false,
        };
        let (identity, join) = client::enrol(link, &consent, now(), &mut Browser).map_err(|fault| fault.words())?;
        let change = Change::identity(&identity)
            .and(Change::own_device())
            .and(Change::outgoing(&join));
        self.store(change, identity, join, None).await
    }

    /// Everything typed is on the disk, everything on the disk is known here: only then something is cut.
    async fn settle_down(&self) -> Result<(), String> {
        self.flush().await;
        let vault = self.vault().ok_or(words::TRYING)?;
        self.catch_up(&vault).await.map_err(|fault| fault.words().to_owned())
    }

    /// Seals the record to the branch and the writer, and puts it into the outbox.
    pub async fn hand_in(&self, record: RecordId) -> Result<(), String> {
        self.settle_down().await?;
        let mut identity = self.identity.get_untracked().ok_or(words::NEED_CONNECT)?;
        let mut draft = self.draft_now(record).ok_or(words::NEED_CONNECT)?;
        let declared = draft.fields.get("declaration.date").cloned().unwrap_or_default();
        let sealed = client::hand_in(&mut identity, &draft, RULES_VERSION, &declared, now(), &mut Browser);
        let outgoing = sealed.map_err(|fault| fault.words())?;
        draft.was_handed_in(outgoing.op_id);
        let change = Change::identity(&identity)
            .and(Change::draft(&draft))
            .and(Change::outgoing(&outgoing));
        self.store(change, identity, outgoing, Some(draft)).await
    }

    /// Seals a note and puts it into the outbox. It stays readable here and is never edited again.
    pub async fn send_note(&self, record: RecordId) -> Result<(), String> {
        self.settle_down().await?;
        let mut identity = self.identity.get_untracked().ok_or(words::NEED_CONNECT)?;
        let mut draft = self.draft_now(record).ok_or(words::NEED_CONNECT)?;
        let has = |path: &str| draft.fields.get(path).is_some_and(|text| !text.trim().is_empty());
        if !has("date") || !has("candidate") {
            return Err(words::NOTE_NEEDS.to_owned());
        }
        let sealed = client::note(&mut identity, &draft, draft.corrects, now(), &mut Browser);
        let outgoing = sealed.map_err(|fault| fault.words())?;
        draft.was_handed_in(outgoing.op_id);
        let change = Change::identity(&identity)
            .and(Change::draft(&draft))
            .and(Change::outgoing(&outgoing));
        self.store(change, identity, outgoing, Some(draft)).await
    }

    async fn store(
        &self,
        change: Change,
        identity: Identity,
        outgoing: Outgoing,
        draft: Option<Draft>,
    ) -> Result<(), String> {
        let vault = self.vault().ok_or(words::TRYING)?;
        vault.commit(change).await.map_err(|fault| fault.words().to_owned())?;
        self.identity.set(Some(identity));
        self.role.update(|_| ());
        self.outbox.update(|rows| rows.push(OutRow::new(outgoing)));
        if let Some(draft) = draft {
            let record = draft.record_id;
            self.reopened.update(|open| open.retain(|each| *each != record));
            self.replace(draft);
        }
        sending::wake();
        Ok(())
    }

    /// "Mở lại để sửa": the text may be changed again; what was handed in stays handed in.
    pub fn reopen(&self, record: RecordId) {
        self.reopened.update(|open| open.push(record));
    }

    /// A new note, empty or in the place of an earlier one, and its record id.
    pub fn new_note(&self, corrects: Option<RecordId>) -> RecordId {
        let mut draft = Draft::new(RecordId::draw(&mut Browser), NOTE);
        if let Some(earlier) = corrects.and_then(|record| self.draft_now(record)) {
            draft.corrects = earlier.handed_in;
            draft.fields = earlier.fields;
        } else {
            draft.set("date", &clock::today().show());
        }
        let record = draft.record_id;
        self.drafts.update(|drafts| drafts.push(draft));
        record
    }

    /// Opens a note on the desk.
    pub fn lay_note(&self, record: RecordId) {
        let session = *self;
        leptos::task::spawn_local(async move {
            session.open_record(record, false).await;
        });
    }

    /// Leaves the note that is on the desk.
    pub fn put_down_note(&self) {
        if self.work_now().is_some() {
            self.put_down();
        }
    }

    /// Takes an unsent note away.
    pub async fn drop_note(&self, record: RecordId) -> Result<(), String> {
        self.flush().await;
        if let Some(vault) = self.vault() {
            vault
                .commit(Change::drop_draft(&record))
                .await
                .map_err(|fault| fault.words().to_owned())?;
        }
        self.put_down();
        self.drafts
            .update(|drafts| drafts.retain(|draft| draft.record_id != record));
        Ok(())
    }

    /// Where a note stands, in the words its stored facts allow; tracked.
    pub fn note_state(&self, record: RecordId) -> String {
        let Some(op) = self.draft(record).and_then(|draft| draft.handed_in) else {
            return words::NOTE_DRAFT.to_owned();
        };
        let received = self
            .kept
            .with(|kept| kept.iter().find(|each| each.out.op_id == op).map(received));
        let waiting = || {
            self.outbox
                .with(|rows| rows.iter().find(|row| row.out.op_id == op).map(waiting))
        };
        received
            .or_else(waiting)
            .map(|sending| sending.to_string())
            .unwrap_or_default()
    }

    /// Whether the registration of this phone has no receipt yet; tracked.
    pub fn join_waits(&self) -> bool {
        self.outbox
            .with(|rows| rows.iter().any(|row| row.out.kind() == Some(Kind::Join)))
    }

    /// One line for each thing in the outbox; tracked.
    pub fn waiting_words(&self) -> Vec<String> {
        self.outbox.with(|rows| {
            rows.iter()
                .map(|row| format!("{}: {}", kind_words(row.out.kind()), waiting(row)))
                .collect()
        })
    }

    /// One line for each thing with a receipt; tracked.
    pub fn received_words(&self) -> Vec<String> {
        self.kept.with(|kept| {
            kept.iter()
                .map(|op| format!("{}: {}", kind_words(op.out.kind()), received(op)))
                .collect()
        })
    }
}

fn received(op: &KeptOp) -> Sending {
    let [a, b, ..] = op.out.op_hash.0;
    Sending::Received {
        server_time: op.first.server_time,
        code: [a, b],
    }
}

fn waiting(row: &OutRow) -> Sending {
    match row.state {
        OutState::NeedsALook(code) => Sending::NeedsALook(code),
        OutState::Later(code) => Sending::Later(code),
        OutState::Waiting | OutState::SentUnknown => Sending::Waiting,
    }
}

fn kind_words(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::Note) => words::KIND_NOTE,
        Some(Kind::Join) => words::KIND_JOIN,
        _ => words::KIND_HANDIN,
    }
}

fn now() -> Now {
    Now {
        wall_s: clock::seconds(),
    }
}
