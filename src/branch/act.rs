//! One act of a mentor or a secretary: what is cut, sealed and changed by it lies in one transaction; only then the pages change.
//!
//! Invariant: everything typed is on the disk, and everything on the disk is known, before anything is cut; of two acts that overlap the
//! later one is refused, so that no number is counted twice and no identity is put back. Not here: what each act is.

use app::{
    ids::Browser,
    sending,
    session::{Session, acts::now},
    text::desk::NEED_CONNECT,
};
use store::Change;
use sync::{
    Now,
    client::{self, Identity, KeptOp, OutRow, Outgoing, Pulled},
    draft::Draft,
    id::{AccountId, OpId, RecordId},
};

use crate::{known, text::keys as words};

/// An act while it is made up.
pub struct Act {
    /// Who acts; cutting counts in it.
    pub who: Identity,
    /// The device's clock.
    pub now: Now,
    /// The browser's randomness.
    pub rnd: Browser,
    /// Who acted and how far they had counted when the act began.
    before: Option<(AccountId, u64)>,
    out: Vec<Outgoing>,
    drafts: Vec<Draft>,
    gone: Vec<RecordId>,
    change: Change,
}

impl Act {
    /// Begins an act.
    ///
    /// # Errors
    /// In words: not connected yet, or the disk cannot be read.
    pub async fn begin(session: Session) -> Result<Self, String> {
        session.settle_down().await?;
        let who = session.identity.get_untracked().ok_or(NEED_CONNECT)?;
        Ok(Self {
            change: Change::none(),
            ..Self::of(session, who)
        })
    }

    /// Begins the first act of an identity that was just made.
    ///
    /// # Errors
    /// In words, when the disk cannot be read.
    pub async fn as_new(session: Session, who: Identity) -> Result<Self, String> {
        session.settle_down().await?;
        Ok(Self::of(session, who))
    }

    fn of(session: Session, who: Identity) -> Self {
        Self {
            before: counted(session),
            who,
            now: now(),
            rnd: Browser,
            out: vec![],
            drafts: vec![],
            gone: vec![],
            change: Change::own_device(),
        }
    }

    /// Sends this.
    pub fn send(&mut self, outgoing: Outgoing) {
        self.change = std::mem::take(&mut self.change).and(Change::outgoing(&outgoing));
        self.out.push(outgoing);
    }

    /// Keeps this draft.
    pub fn keep(&mut self, draft: Draft) {
        self.change = std::mem::take(&mut self.change).and(Change::draft(&draft));
        self.drafts.push(draft);
    }

    /// Takes this draft away.
    pub fn drop_draft(&mut self, record: RecordId) {
        self.change = std::mem::take(&mut self.change).and(Change::drop_draft(&record));
        self.gone.push(record);
    }

    /// Keeps a setting of the vault.
    pub fn set(&mut self, name: &str, value: &str) {
        self.change = std::mem::take(&mut self.change).and(Change::setting(name, value));
    }

    /// Erases those of these ops that are held: everybody who was sent one is told, and what came from the endpoint goes from this device
    /// in the same transaction.
    pub fn erase(&mut self, targets: &[OpId], (kept, pulled): (&[KeptOp], &[Pulled])) {
        let theirs = pulled.iter().map(|row| &row.out);
        let held = theirs.chain(kept.iter().map(|row| &row.out));
        for out in held.filter(|out| targets.contains(&out.op_id)) {
            if let Some(erasure) = client::erase(&mut self.who, out, &mut self.rnd) {
                self.send(erasure);
            }
        }
        for row in pulled.iter().filter(|row| targets.contains(&row.out.op_id)) {
            if let Some(bare) = row.without_body() {
                self.change = std::mem::take(&mut self.change).and(Change::pulled(&bare));
            }
        }
    }

    /// Stores all of it, then shows and sends it.
    ///
    /// # Errors
    /// In words, when another act came in between, or the disk did not take it: then nothing changed.
    pub async fn done(self, session: Session) -> Result<(), String> {
        if counted(session) != self.before {
            return Err(words::MEANWHILE.to_owned());
        }
        let vault = session.vault().ok_or(NEED_CONNECT)?;
        let change = self.change.and(Change::identity(&self.who));
        vault.commit(change).await.map_err(|fault| fault.words().to_owned())?;
        session.identity.set(Some(self.who));
        session
            .outbox
            .update(|rows| rows.extend(self.out.into_iter().map(OutRow::new)));
        self.drafts.into_iter().for_each(|draft| session.replace(draft));
        session
            .drafts
            .update(|drafts| drafts.retain(|draft| !self.gone.contains(&draft.record_id)));
        known::read(session).await;
        sending::wake();
        Ok(())
    }
}

fn counted(session: Session) -> Option<(AccountId, u64)> {
    session
        .identity
        .with_untracked(|who| who.as_ref().map(|who| (who.account_id(), who.device_seq())))
}
