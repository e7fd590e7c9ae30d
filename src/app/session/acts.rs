//! What a person does with an open vault that leaves a trace: connect, hand in, open again.
//!
//! Each act is one strict transaction (`Change`), made of things already sealed; only when it is stored do the signals move.

use std::cell::Cell;

use store::Change;
use sync::{
    Now,
    body::Consent,
    client::{self, Identity, KeptOp, OutRow, OutState, Outgoing},
    draft::Draft,
    id::{AgePub, OpId, RecordId},
    kind::Kind,
    label::Sending,
    link::Link,
    spelling::unbase64url,
};

use super::{LYLICH, Session, Work};
use crate::{
    clock::{self, Moment},
    ids::Browser,
    program, sending,
    text::{consent, desk as words},
};

/// Version of the rules a hand-in was checked with; stands in the sealed body.
const RULES_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Between two versions that are kept of what is being written.
const EVERY_MS: f64 = 600_000.0;

thread_local! {
    static LAST_KEPT: Cell<Option<Moment>> = const { Cell::new(None) };
}

/// What the person agrees to on the consent screen.
pub fn consent(link: &Link, under16: bool) -> Consent {
    Consent {
        text: consent::NUMBER,
        class: link.set.class,
        under16,
        guardian: under16,
        withdrawn: false,
    }
}

/// The setting of a vault that says whom the account's keys are sealed to: who holds its recovery sheet.
pub const SHEET: &str = "sheet";

impl Session {
    /// Agrees to the consent screen and connects: keys are made, the `join` waits in the outbox. Works without a network.
    pub async fn enrol(&self, link: &Link, under16: bool) -> Result<(), String> {
        let made = client::enrol(link, &consent(link, under16), now(), &mut Browser);
        let (identity, join) = made.map_err(|fault| fault.words())?;
        self.introduce(identity, join, None).await
    }

    /// Stores who this phone is from now on, and the account's keys for the sheet of this vault. `last`: those of the sheet before.
    pub async fn introduce(&self, mut identity: Identity, join: Outgoing, last: Option<OpId>) -> Result<(), String> {
        let vault = self.vault().ok_or(words::TRYING)?;
        let mut ops = vec![join];
        let sheet = vault.read_setting(SHEET).await.ok().flatten();
        if let Some(Ok(reader)) = sheet.and_then(|text| unbase64url(&text)).map(TryInto::try_into) {
            ops.extend(client::escrow(&mut identity, AgePub(reader), last, &mut Browser));
        }
        self.store_all(Change::own_device(), identity, ops, None).await
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
        let vault = self.vault().ok_or(words::TRYING)?;
        let (_, pulled) = vault.read_ops().await.map_err(|fault| fault.words().to_owned())?;
        let mut identity = self.identity.get_untracked().ok_or(words::NEED_CONNECT)?;
        let mut draft = self.draft_now(record).ok_or(words::NEED_CONNECT)?;
        let declared = draft.fields.get("declaration.date").cloned().unwrap_or_default();
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
        self.store_all(Change::none(), identity, vec![outgoing], Some(draft))
            .await?;
        if let Some(more) = program::more() {
            (more.arrived)(*self);
        }
        Ok(())
    }

    /// Makes a version of the open record that only this person can open, so that a lost phone is no lost text: when it was changed, and at
    /// most once in ten minutes unless it is `asked` for (sync protocol §7, K2). Gives back whether there is one to send.
    pub async fn keep(&self, asked: bool) -> bool {
        let due = asked || LAST_KEPT.get().is_none_or(|last| last.elapsed_ms() > EVERY_MS);
        due && self.keep_now().await.is_some()
    }

    async fn keep_now(&self) -> Option<()> {
        let work = self.work_now().filter(|work| !work.elsewhere)?;
        self.settle_down().await.ok()?;
        // From here on to the change in memory nothing is awaited: what is typed meanwhile goes on from it.
        let mut identity = self.identity.get_untracked()?;
        let mut draft = self
            .draft_now(work.record_id)
            .filter(|draft| draft.dirty && draft.form == LYLICH)?;
        if identity.consent().text < consent::DRAFTS {
            return None;
        }
        let out = client::keep(&mut identity, &draft, now(), &mut Browser).ok()?;
        draft.moved_on(out.op_id);
        self.go_on(&work, identity, draft, Some(out)).await
    }

    /// Goes on from a version that was just made, in memory at once and then on the disk.
    pub async fn go_on(&self, work: &Work, identity: Identity, draft: Draft, cut: Option<Outgoing>) -> Option<()> {
        LAST_KEPT.set(Some(Moment::now()));
        let (vault, revision) = (self.vault()?, draft.revision);
        let mut change = Change::identity(&identity).and(Change::draft(&draft));
        self.identity.update_untracked(|held| *held = Some(identity));
        self.replace(draft);
        if let Some(out) = &cut {
            change = change.and(Change::outgoing(out));
        }
        vault.commit(change).await.ok()?;
        // Only now: what is not on the disk must not leave the phone.
        self.outbox.update(|rows| rows.extend(cut.map(OutRow::new)));
        work.saved
            .try_update(|saved| saved.committed = saved.committed.max(revision));
        Some(())
    }

    /// Stores one act with what it changes, then shows and sends it.
    pub async fn store(
        &self,
        change: Change,
        identity: Identity,
        outgoing: Outgoing,
        draft: Option<Draft>,
    ) -> Result<(), String> {
        self.write(change, identity, vec![outgoing], draft).await
    }

    /// As [`Session::store`], for several ops; what they change in the vault is added to the change.
    pub async fn store_all(
        &self,
        mut change: Change,
        identity: Identity,
        ops: Vec<Outgoing>,
        draft: Option<Draft>,
    ) -> Result<(), String> {
        change = change.and(Change::identity(&identity));
        for out in &ops {
            change = change.and(Change::outgoing(out));
        }
        if let Some(draft) = &draft {
            change = change.and(Change::draft(draft));
        }
        self.write(change, identity, ops, draft).await
    }

    async fn write(
        &self,
        change: Change,
        identity: Identity,
        ops: Vec<Outgoing>,
        draft: Option<Draft>,
    ) -> Result<(), String> {
        let vault = self.vault().ok_or(words::TRYING)?;
        // Before the commit is awaited: nothing else may be cut under the same number meanwhile.
        self.identity.update_untracked(|held| *held = Some(identity));
        vault.commit(change).await.map_err(|fault| fault.words().to_owned())?;
        self.identity.notify();
        self.role.update(|_| ());
        self.outbox.update(|rows| rows.extend(ops.into_iter().map(OutRow::new)));
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
                .map(|row| format!("{}: {}", kind_words(&row.out).unwrap_or(words::KIND_COPY), waiting(row)))
                .collect()
        })
    }

    /// One line for each thing with a receipt; tracked.
    pub fn received_words(&self) -> Vec<String> {
        self.kept.with(|kept| {
            kept.iter()
                .filter_map(|op| Some(format!("{}: {}", kind_words(&op.out)?, received(op))))
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
        safe: false,
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

/// What an op is, for the person; `None` for copies that only the person can open.
fn kind_words(out: &Outgoing) -> Option<&'static str> {
    Some(match out.kind()? {
        Kind::HandIn if out.read().is_some_and(|op| op.header().verb == 1) => words::WITHDRAW,
        Kind::HandIn => words::KIND_HANDIN,
        Kind::Note => words::KIND_NOTE,
        Kind::Join => words::KIND_JOIN,
        Kind::Annotation => words::KIND_ANSWER,
        Kind::Consent => words::UNSAY,
        _ => return None,
    })
}

pub fn now() -> Now {
    Now {
        wall_s: clock::seconds(),
    }
}
