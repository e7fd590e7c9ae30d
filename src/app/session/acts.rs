//! What a person does with an open vault that leaves a trace: connect, hand in, open again.
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

use super::Session;
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
    pub async fn settle_down(&self) -> Result<(), String> {
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
        let vault = self.vault().ok_or(words::TRYING)?;
        let (_, pulled) = vault.read_ops().await.map_err(|fault| fault.words().to_owned())?;
        let mentors = client::mentors(&identity, &pulled);
        let sealed = client::hand_in(
            &mut identity,
            &draft,
            &mentors,
            RULES_VERSION,
            &declared,
            now(),
            &mut Browser,
        );
        let outgoing = sealed.map_err(|fault| fault.words())?;
        draft.was_handed_in(outgoing.op_id);
        let change = Change::identity(&identity)
            .and(Change::draft(&draft))
            .and(Change::outgoing(&outgoing));
        self.store(change, identity, outgoing, Some(draft)).await
    }

    /// Stores one act with what it changes, then shows and sends it.
    pub async fn store(
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

/// What may be said of an op with a receipt.
pub fn received(op: &KeptOp) -> Sending {
    let [a, b, ..] = op.out.op_hash.0;
    Sending::Received {
        server_time: op.first.server_time,
        code: [a, b],
    }
}

/// What may be said of an op that waits.
pub fn waiting(row: &OutRow) -> Sending {
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

pub fn now() -> Now {
    Now {
        wall_s: clock::seconds(),
    }
}
