//! Where the papers stand: what the last letters showed, what the branch said, and the words of the status line.
//!
//! Invariant: nothing is said here that `sync::label` does not allow from stored facts. Not here: remarks (`versions`).

use sync::{
    body::Status,
    client::{self, KeptOp, Mail, Pulled},
    kind::Kind,
    label::{self, Facts, Label, Version},
};

use super::Session;

/// What the last letters showed.
#[derive(Default)]
pub struct OnLine {
    /// What is known about the endpoint's side.
    pub mail: Mail,
    /// Bytes of the last sending, both ways.
    pub cost: usize,
    /// Seconds between the phone's clock and the endpoint's.
    pub skew: u64,
    /// The branch's word that stands, and when the endpoint stored it (seconds since 1970-01-01 UTC).
    pub word: Option<(Status, u64)>,
    /// Something came that only the second program reads: remarks, or versions of another phone.
    pub unread: bool,
}

impl Session {
    /// What the branch says of the papers, and whether there is more to read.
    pub(crate) fn hear(&self, pulled: &[Pulled]) {
        let identity = self.identity.get_untracked();
        let word = identity.and_then(|identity| client::word_of_branch(&identity, pulled));
        let unread =
            |row: &Pulled| row.whole && matches!(row.out.kind(), Some(Kind::Annotation | Kind::Draft | Kind::HandIn));
        let unread = pulled.iter().any(unread);
        self.line.try_update(|line| (line.word, line.unread) = (word, unread));
    }

    /// The facts of the status line, all from what is stored or on the screen; tracked.
    pub fn facts(&self) -> Option<Facts> {
        let work = self.work.get()?;
        let saved = work.saved.get();
        let draft = self.draft(work.record_id)?;
        let version = self.outbox.with(|outbox| {
            let of = |kept: &Vec<KeptOp>| self.line.with(|line| Version::of(&draft, outbox, kept, &line.mail));
            self.kept.with(of)
        });
        Some(Facts {
            on_screen: work.desk.revision(),
            committed: saved.committed,
            write_failed: saved.failed.is_some(),
            has_vault: !self.is_trial(),
            editable: !work.elsewhere,
            enrolled: self.identity.with(Option::is_some),
            posting: self.sending.get(),
            changed: draft.is_changed(),
            version,
            word: self.line.with(|line| label::word_about(&draft, line.word.as_ref())),
        })
    }

    /// The status line.
    pub fn label(&self) -> Option<Label> {
        self.facts().map(|facts| label::label(&facts))
    }
}
