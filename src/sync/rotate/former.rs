//! The former keys once more: an endpoint that was restored from a backup of before the exchange knows neither the new keys nor the invite by
//! which they came, and only the former ones can bring what they had said.
//!
//! Invariant: nothing new is said; each op goes out as it was cut, after the question whether it is there. What the answers bring is the new
//! keys' to fetch. Not here: posting, and when it is time (the pages).

use crate::Random;
use crate::client::{self, Identity, KeptOp, Line, Mail, Next, OutRow, OutState, Posting, Pulled, View};

/// An account of before, and what it has to bring.
pub struct Former {
    who: Identity,
    outbox: Vec<OutRow>,
    kept: Vec<KeptOp>,
    mail: Mail,
    line: Line,
}

impl Former {
    /// From the identity as it was kept, and the rows of the vault.
    pub fn of(who: Identity, pulled: &[Pulled]) -> Self {
        let own = pulled.iter().filter(|row| row.account == who.account_id());
        let asked = |row: &Pulled| {
            let mut out = OutRow::new(row.out.clone());
            out.state = OutState::SentUnknown;
            out
        };
        let known = own.filter(|row| row.whole || row.erased == Some(true));
        Self {
            outbox: known.map(asked).collect(),
            who,
            kept: vec![],
            mail: Mail::default(),
            line: Line::default(),
        }
    }

    /// The next letter.
    pub fn letter(&self, rnd: &mut dyn Random) -> Posting {
        client::letter(&self.who, &self.outbox, &self.mail, self.line.target, rnd)
    }

    /// Takes its answer. Whether another letter is to follow at once.
    pub fn take(&mut self, posting: &Posting, (status, body): (u16, &[u8]), rnd: &mut dyn Random) -> bool {
        let reply = client::answer(&self.who, posting, status, body);
        let view = View {
            outbox: &self.outbox,
            kept: &self.kept,
            pulled: &[],
            mail: &self.mail,
        };
        let (change, next) = client::conclude(&mut self.who, view, &mut self.line, posting, &reply, rnd);
        for row in change.outbox {
            self.outbox.retain(|old| old.out.op_id != row.out.op_id);
            self.outbox.push(row);
        }
        self.outbox.retain(|row| !change.done.contains(&row.out.op_id));
        self.kept.extend(change.kept);
        self.mail = change.mail;
        next == Next::Again && self.outbox.iter().any(OutRow::is_sendable)
    }
}
