//! The ops in the vault, read at once for an act that rests on them.
//!
//! Invariant: they are as of the moment of reading; an act reads them before it takes the identity, and awaits nothing between that and
//! its change in memory. Not here: what the acts make of them.

use sync::{
    client::{KeptOp, Mail, OutRow, Outgoing, Pulled, View},
    id::RecordId,
    kind::Kind,
};

use super::Session;

/// Ops of this person and of their readers.
pub struct Rows {
    outbox: Vec<OutRow>,
    kept: Vec<KeptOp>,
    pub pulled: Vec<Pulled>,
    mail: Mail,
}

impl Rows {
    pub fn view(&self) -> View<'_> {
        View {
            outbox: &self.outbox,
            kept: &self.kept,
            pulled: &self.pulled,
            mail: &self.mail,
        }
    }

    /// The versions that were handed in on any phone and stand, the last one at the end.
    pub fn handed_in(&self, record: RecordId) -> Vec<Outgoing> {
        let own = self.kept.iter().map(|row| (row.first.server_seq, &row.out));
        let others = self.pulled.iter().filter(|row| row.whole);
        let waiting = self.outbox.iter().map(|row| (u64::MAX, &row.out));
        let all = own.chain(others.map(|row| (row.server_seq, &row.out))).chain(waiting);
        let (mut erased, mut found) = (Vec::new(), Vec::new());
        for (seq, out) in all.filter(|(_, out)| out.kind() == Some(Kind::HandIn)) {
            match out.read().and_then(|op| op.header().about) {
                Some(about) => erased.push(about),
                None if out.record_id == record => {
                    let at = found.partition_point(|(before, _)| *before <= seq);
                    found.insert(at, (seq, out));
                }
                None => {}
            }
        }
        let stands = |(_, out): &(u64, &Outgoing)| !erased.contains(&out.op_id);
        found.into_iter().filter(stands).map(|(_, out)| out.clone()).collect()
    }
}

impl Session {
    /// What lies in the vault now.
    pub async fn rows(&self) -> Option<Rows> {
        let vault = self.vault()?;
        let (kept, pulled) = vault.read_ops().await.ok()?;
        let mail = vault.read_mail().await.ok()?;
        Some(Rows {
            outbox: self.outbox.get_untracked(),
            kept,
            pulled,
            mail,
        })
    }
}
