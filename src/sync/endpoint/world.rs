//! A small world for tests: an endpoint in memory, a founded branch, people who enrol and post.

use super::memory::Memory;
use super::{Gate, Handled, Store, handle, new_founding_invite};
use crate::body::Consent;
use crate::client::{self, Answered, Identity, Invitation, Mail, OutRow, Outgoing, Posting, Reply};
#[cfg(test)]
use crate::client::{Change, KeptOp, Line, Next, Pulled, View};
use crate::draft::Draft;
use crate::found::{self, FoundingInvite, Plan, Root};
use crate::id::{AccountId, DeviceId, RecordId};
use crate::keys::EndpointKeys;
use crate::kind::{Class, Role};
use crate::simulator::Dice;
use crate::{Now, Random};

/// A gate that lets everything pass, or nothing.
pub struct Open {
    pub letters: bool,
    pub ops: bool,
}

impl Gate for Open {
    fn letter(&mut self, _: &DeviceId, _: Now) -> Result<(), u64> {
        if self.letters { Ok(()) } else { Err(7) }
    }

    fn op(&mut self, _: &AccountId, _: Now) -> bool {
        self.ops
    }

    fn envelope(&mut self, _: &DeviceId, _: usize, _: Now) -> Result<(), u64> {
        self.letter(&DeviceId::ZERO, Now { wall_s: 0 })
    }

    fn spoiled(&mut self, _: &DeviceId, _: Now) -> bool {
        true
    }
}

pub struct World {
    pub store: Memory,
    pub keys: EndpointKeys,
    pub gate: Open,
    pub root: Root,
    pub founder: Identity,
    pub rnd: Dice,
    pub now: Now,
}

pub const AGREED: Consent = Consent {
    text: 1,
    class: Class::C2,
    under16: false,
    guardian: false,
    withdrawn: false,
};

pub fn waiting(outs: &[Outgoing]) -> Vec<OutRow> {
    outs.iter().cloned().map(OutRow::new).collect()
}

// The simulator uses a part of it.
#[cfg_attr(transparent, allow(dead_code))]
impl World {
    pub fn new(single_secretary: bool) -> Self {
        Self::with(Class::C2, single_secretary, 1)
    }

    pub fn with(class: Class, single_secretary: bool, seed: u64) -> Self {
        let mut rnd = Dice(seed);
        let keys = EndpointKeys::draw(&mut rnd);
        let mut store = Memory::default();
        store.durable.epoch = [9; 16];
        let (root, founder, store) = Self::found(store, &keys, class, single_secretary, &mut rnd);
        Self {
            store,
            keys,
            gate: Open {
                letters: true,
                ops: true,
            },
            root,
            founder,
            rnd,
            now: Now { wall_s: 1_790_000_000 },
        }
    }

    /// Founds one more branch on the same endpoint.
    pub fn found(
        mut store: Memory,
        keys: &EndpointKeys,
        class: Class,
        single_secretary: bool,
        rnd: &mut Dice,
    ) -> (Root, Identity, Memory) {
        let mut code = [0; 16];
        rnd.fill(&mut code);
        let now = Now { wall_s: 1_790_000_000 };
        store.begin().unwrap();
        store.put_invite(&new_founding_invite(&code, now.wall_s + 60)).unwrap();
        store.commit().unwrap();
        let invite = FoundingInvite {
            code,
            endpoint_sign: keys.sign_pub(),
            endpoint_age: keys.age_pub(),
        };
        let (root, founder, outs) = found::found(
            &invite,
            &Plan {
                name: "Chi bộ thử",
                class,
                single_secretary,
            },
            rnd,
        );
        let posting = client::letter(&founder, &waiting(&outs), &Mail::default(), 65_536, rnd);
        let mut gate = Open {
            letters: true,
            ops: true,
        };
        let handled = handle(&mut store, keys, &mut gate, &posting.bytes, now, rnd);
        assert_eq!((handled.stored, handled.refused), (2, 0), "{handled:?}");
        (root, founder, store)
    }

    pub fn handle(&mut self, bytes: &[u8]) -> Handled {
        handle(
            &mut self.store,
            &self.keys,
            &mut self.gate,
            bytes,
            self.now,
            &mut self.rnd,
        )
    }

    pub fn posting(&mut self, who: &Identity, rows: &[OutRow], mail: &Mail) -> Posting {
        client::letter(who, rows, mail, 65_536, &mut self.rnd)
    }

    pub fn post(&mut self, who: &Identity, rows: &[OutRow]) -> Reply {
        self.post_with(who, rows, &Mail::default())
    }

    pub fn post_with(&mut self, who: &Identity, rows: &[OutRow], mail: &Mail) -> Reply {
        let posting = self.posting(who, rows, mail);
        let handled = self.handle(&posting.bytes);
        match handled.result {
            Ok(body) => client::answer(who, &posting, 200, &body),
            Err(refusal) => client::answer(who, &posting, refusal.status(), &refusal.body(self.now)),
        }
    }

    /// As `post`, for a letter that must be answered.
    pub fn answered(&mut self, who: &Identity, outs: &[Outgoing]) -> Answered {
        match self.post(who, &waiting(outs)) {
            Reply::Answered(answered) => *answered,
            other => panic!("not answered: {other:?}"),
        }
    }

    /// Founder and endpoint exchange ops.
    pub fn founder_sends(&mut self, outs: &[Outgoing]) -> Answered {
        let who = self.founder.clone();
        self.answered(&who, outs)
    }

    /// A new invite that the endpoint does not know yet.
    pub fn invite(&mut self, role: Role) -> (crate::link::Link, Outgoing) {
        let invitation = Invitation {
            role,
            account: None,
            guardian: false,
        };
        client::invite(&mut self.founder, &invitation, self.now, &mut self.rnd).unwrap()
    }

    /// The next branch set.
    pub fn change_set(&mut self, change: impl FnOnce(&mut crate::branch::BranchSet)) -> Outgoing {
        self.root
            .change_set(&mut self.founder, &[], change, &mut self.rnd)
            .unwrap()
    }

    /// A new invite that the endpoint knows.
    pub fn link(&mut self, role: Role) -> crate::link::Link {
        let (link, out) = self.invite(role);
        self.founder_sends(&[out]);
        link
    }

    /// Somebody who has joined.
    pub fn member(&mut self, role: Role) -> Identity {
        let link = self.link(role);
        let (mut who, join) = client::enrol(&link, &AGREED, self.now, &mut self.rnd).unwrap();
        let answered = self.answered(&who, &[join]);
        who.take_standing(answered.standing.0, answered.standing.1);
        if let Some(set) = &answered.set {
            who.take_set(set);
        }
        who
    }

    pub fn draft(&mut self) -> Draft {
        let mut draft = Draft::new(RecordId::draw(&mut self.rnd), "2-KNĐ/2025");
        draft.set("birth_name", "HẠNG A NẾNH");
        draft
    }
}

/// A phone whose rows are in memory.
#[cfg(test)]
pub struct Phone {
    pub who: Identity,
    pub outbox: Vec<OutRow>,
    pub kept: Vec<KeptOp>,
    pub pulled: Vec<Pulled>,
    pub mail: Mail,
    pub line: Line,
}

#[cfg(test)]
impl Phone {
    pub fn new(who: Identity, outs: &[Outgoing]) -> Self {
        Self {
            who,
            outbox: waiting(outs),
            kept: vec![],
            pulled: vec![],
            mail: Mail::default(),
            line: Line::default(),
        }
    }

    pub fn letter(&self, w: &mut World) -> Posting {
        client::letter(&self.who, &self.outbox, &self.mail, self.line.target, &mut w.rnd)
    }

    pub fn conclude(&mut self, w: &mut World, posting: &Posting, reply: &Reply) -> Next {
        let view = View {
            outbox: &self.outbox,
            kept: &self.kept,
            pulled: &self.pulled,
            mail: &self.mail,
        };
        let (mut change, next) = client::conclude(&mut self.who, view, &mut self.line, posting, reply, &mut w.rnd);
        change.open(&self.who);
        self.follow(change);
        next
    }

    /// Takes a change in.
    pub fn follow(&mut self, change: Change) {
        let Change {
            kept,
            pulled,
            outbox,
            done,
            mail,
            ..
        } = change;
        for row in kept {
            self.kept.retain(|old| old.out.op_id != row.out.op_id);
            self.kept.push(row);
        }
        for row in pulled {
            self.pulled.retain(|old| old.out.op_id != row.out.op_id);
            self.pulled.push(row);
        }
        for row in outbox {
            self.outbox.retain(|old| old.out.op_id != row.out.op_id);
            self.outbox.push(row);
        }
        self.outbox.retain(|row| !done.contains(&row.out.op_id));
        self.mail = mail;
    }

    /// One letter over a line that does what `line` says. Gives back its length.
    pub fn post(&mut self, w: &mut World, line: impl Fn(&Posting) -> Option<super::Refusal>) -> (usize, Next) {
        let posting = self.letter(w);
        let reply = match line(&posting) {
            Some(refusal) => client::answer(&self.who, &posting, refusal.status(), &refusal.body(w.now)),
            None => {
                let (status, body) = match w.handle(&posting.bytes).result {
                    Ok(body) => (200, body),
                    Err(refusal) => (refusal.status(), refusal.body(w.now)),
                };
                client::answer(&self.who, &posting, status, &body)
            }
        };
        (posting.bytes.len(), self.conclude(w, &posting, &reply))
    }

    /// Letters until nothing is left; nothing may be refused.
    pub fn sync(&mut self, w: &mut World) {
        while self.post(w, |_| None).1 == Next::Again {}
        assert!(self.outbox.is_empty(), "{:?}", self.outbox);
    }

    /// Into the outbox.
    pub fn cut(&mut self, out: Outgoing) -> crate::id::OpId {
        let id = out.op_id;
        self.outbox.push(OutRow::new(out));
        id
    }
}
