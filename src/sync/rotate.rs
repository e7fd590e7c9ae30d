//! A secretary's keys are replaced by new ones: once a year, or when another secretary leaves (sync protocol §4, "Rotation").
//!
//! An account's identifier follows from its keys, so new keys are a new account of the same person: it is invited by the old one, named by
//! a set that the root signs, and joins; then a further set names the old one no longer. Invariant: at every moment at least one account
//! that a set names is held, so a loss of the network or the power in between locks nobody out; nothing that was sealed to the old keys is
//! lost, because their secret part is kept. Not here: storing the steps (the pages), sealing again for somebody else (`client::forward`), what
//! the former keys still have to do for a restored endpoint (`former`).

mod former;

pub use former::Former;

use crate::Now;
use crate::Random;
use crate::body::{Reason, Revoke};
use crate::branch::{MAX_SECRETARIES, Secretary, SignedSet};
use crate::client::{self, Identity, Invitation, KeptOp, Outgoing, Pulled};
use crate::found::Root;
use crate::id::{AccountId, OpId};
use crate::keys::{AccountKeys, DeviceKeys, InviteKey};
use crate::kind::Role;
use crate::op::Op;
use crate::shape;

/// Why the keys cannot be replaced now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RotateFault {
    /// The set names as many secretaries as it may, and none of them leaves.
    #[error("no room for one more secretary")]
    NoRoom,
    /// The root is another branch's, or no signed set is held, or this account is no secretary of it.
    #[error("the root cannot speak for this account")]
    NotOurs,
}

/// What the first step makes. All of it is to be stored in one transaction; the ops go out under the old keys.
pub struct Prepared {
    /// The same person with new keys: takes the place of the old identity once the ops have their receipts.
    pub next: Identity,
    /// The op that introduces it, sent by itself.
    pub join: Outgoing,
    /// Invite and set, and the revocation of who leaves.
    pub ops: Vec<Outgoing>,
}

/// Draws new keys for `who` and lets the branch know them. `leaver`: a secretary whom the same set names no longer, and whose account is
/// closed. `leaves`: the set ops that stand now.
///
/// # Errors
/// See [`RotateFault`]; `who` may have counted on and is to be thrown away then.
pub fn prepare(
    root: &Root,
    who: &mut Identity,
    leaver: Option<&AccountId>,
    leaves: &[OpId],
    now: Now,
    rnd: &mut dyn Random,
) -> Result<Prepared, RotateFault> {
    let set = who.set().filter(|set| set.branch == root.branch());
    let set = set.ok_or(RotateFault::NotOurs)?;
    let named = |account: &AccountId| set.secretaries.iter().any(|one| one.account == *account);
    if !named(&who.account_id()) || leaver.is_some_and(|leaver| *leaver == who.account_id()) {
        return Err(RotateFault::NotOurs);
    }
    let leaver = leaver.filter(|leaver| named(leaver));
    if set.secretaries.len() - usize::from(leaver.is_some()) >= MAX_SECRETARIES {
        return Err(RotateFault::NoRoom);
    }
    let invitation = Invitation {
        role: Role::Secretary,
        account: None,
        guardian: false,
    };
    let (link, invite) = client::invite(who, &invitation, now, rnd).map_err(|_| RotateFault::NotOurs)?;
    let (account, device) = (AccountKeys::draw(rnd), DeviceKeys::draw(rnd));
    let successor = Secretary {
        account: account.id(),
        age_pub: account.age_pub(),
        sign_pub: account.sign_pub(),
    };
    let change = |set: &mut crate::branch::BranchSet| {
        set.secretaries.retain(|one| Some(&one.account) != leaver);
        set.secretaries.push(successor);
    };
    let op = root.change_set(who, leaves, change, rnd).ok_or(RotateFault::NotOurs)?;
    let mut next = Identity::new(account, device, who.branch().clone(), Role::Secretary, *who.consent());
    let signed = Op::read(&op.bytes).ok();
    let signed = signed.and_then(|op| shape::whole::<SignedSet>(op.body()).ok());
    if let Some(signed) = signed {
        next.take_set(&signed);
    }
    let join = client::join(&mut next, Some(&InviteKey::from_code(&link.code)), rnd);
    let mut ops = vec![invite, op];
    if let Some(leaver) = leaver {
        let revoke = Revoke {
            device: None,
            account: Some(*leaver),
            reason: Reason::Left,
        };
        ops.push(client::revoke(who, &revoke, rnd).map_err(|_| RotateFault::NotOurs)?);
    }
    Ok(Prepared { next, join, ops })
}

/// The ops of the former keys as rows of somebody else's: the new keys are not asked for them again, and whoever reads the vault finds them.
pub fn handed_on(kept: &[KeptOp], former: &Identity) -> Vec<Pulled> {
    kept.iter()
        .map(|row| row.of_another(former.account_id(), former))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Code, Standing};
    use crate::body::Word;
    use crate::client::{Fate, Mail, OutState};
    use crate::endpoint::world::{AGREED, Phone, World};
    use crate::found::age_identity_file;
    use crate::keys::Seed;
    use crate::office::Office;
    use crate::seal::hazmat::parse_identities;

    fn office(phone: &Phone) -> Office {
        Office::read(&phone.who, &phone.pulled, &phone.kept, &phone.outbox)
    }

    fn texts(office: &Office) -> Vec<Option<String>> {
        let text = |one: &crate::office::HandIn| one.plain.as_ref()?.fields.get("birth_name").cloned();
        office.hand_ins.iter().map(text).collect()
    }

    /// A phone of the founder with everything pulled.
    fn chair(w: &mut World) -> Phone {
        let mut chair = Phone::new(w.founder.clone(), &[]);
        chair.sync(w);
        chair
    }

    fn hand_in(w: &mut World, candidate: &mut Phone, name: &str) {
        let mut draft = w.draft();
        draft.set("birth_name", name);
        let out = client::hand_in(&mut candidate.who, &draft, &[], "r", "d", w.now, &mut w.rnd).unwrap();
        candidate.cut(out);
        candidate.sync(w);
    }

    /// All steps as the pages take them. Gives back the former keys' secret.
    fn rotate(w: &mut World, chair: &mut Phone, leaver: Option<AccountId>) -> Seed {
        let leaves = office(chair).set_leaves(&chair.who);
        let root = w.root.clone();
        let made = prepare(&root, &mut chair.who, leaver.as_ref(), &leaves, w.now, &mut w.rnd).unwrap();
        for op in made.ops {
            chair.cut(op);
        }
        chair.sync(w);
        let former = std::mem::replace(&mut chair.who, made.next);
        let rows = handed_on(&std::mem::take(&mut chair.kept), &former);
        chair.pulled.extend(rows);
        chair.mail = Mail::default();
        chair.cut(made.join);
        chair.sync(w);
        let leaves = office(chair).set_leaves(&chair.who);
        let out = root.drop_secretary(&mut chair.who, &former.account_id(), &leaves, &mut w.rnd);
        chair.cut(out.unwrap());
        chair.sync(w);
        former.account().age_secret().clone()
    }

    #[test]
    fn new_keys_take_over_and_everything_before_and_after_is_readable() {
        let mut w = World::new(true);
        let mut candidate = Phone::new(w.member(Role::Candidate), &[]);
        candidate.sync(&mut w);
        let mut chair = chair(&mut w);
        hand_in(&mut w, &mut candidate, "TRƯỚC");
        chair.sync(&mut w);
        let before = chair.who.clone();
        w.now.wall_s += 366 * 86_400;
        let old = rotate(&mut w, &mut chair, None);
        assert_ne!(chair.who.account_id(), before.account_id());
        assert_eq!(
            (chair.who.role(), chair.who.standing()),
            (Role::Secretary, Standing::Active)
        );
        let named: Vec<AccountId> = chair
            .who
            .set()
            .unwrap()
            .secretaries
            .iter()
            .map(|one| one.account)
            .collect();
        assert_eq!(named, [chair.who.account_id()]);
        // The candidate's phone has the old set still: what it hands in now is sealed to the old keys only.
        hand_in(&mut w, &mut candidate, "GIỮA");
        candidate.sync(&mut w);
        assert_eq!(candidate.who.branch().readers, [chair.who.account().age_pub()]);
        hand_in(&mut w, &mut candidate, "SAU");
        chair.sync(&mut w);
        let seen = office(&chair);
        assert_eq!((seen.hand_ins.len(), seen.unreadable, seen.doubted), (2, 1, 0));
        for row in &mut chair.pulled {
            row.open_with(std::slice::from_ref(&old));
        }
        let seen = office(&chair);
        let name = |text: &str| Some(text.to_owned());
        assert_eq!(texts(&seen), [name("TRƯỚC"), name("GIỮA"), name("SAU")]);
        assert_eq!((seen.unreadable, seen.doubted), (0, 0));
        // What the old keys said counts, with the candidate too; they say nothing new.
        assert!(seen.holder_since(&before.account_id()) < seen.holder_since(&chair.who.account_id()));
        let file = age_identity_file(&chair.who, std::slice::from_ref(&old));
        assert_eq!(
            parse_identities(&file).unwrap(),
            [chair.who.account().age_secret().clone(), old]
        );
    }

    #[test]
    fn a_word_of_the_old_keys_stands_and_the_new_ones_go_on_from_it() {
        let mut w = World::new(true);
        let mut candidate = Phone::new(w.member(Role::Candidate), &[]);
        candidate.sync(&mut w);
        let mut chair = chair(&mut w);
        let subject = candidate.who.account_id();
        let say = |w: &mut World, chair: &mut Phone, word| {
            let status = crate::body::Status {
                subject,
                about: None,
                word,
                day: "2026-11-22".to_owned(),
            };
            let leaves = office(chair).word_leaves(&status.subject);
            let out = client::say(&mut chair.who, &status, &leaves, &mut w.rnd).unwrap();
            chair.cut(out);
            chair.sync(w);
        };
        say(&mut w, &mut chair, Word::Seen);
        rotate(&mut w, &mut chair, None);
        candidate.sync(&mut w);
        let heard = |phone: &Phone| client::word_of_branch(&phone.who, &phone.pulled).map(|(status, _)| status.word);
        assert_eq!(heard(&candidate), Some(Word::Seen));
        say(&mut w, &mut chair, Word::Agreed);
        candidate.sync(&mut w);
        assert_eq!(heard(&candidate), Some(Word::Agreed));
    }

    #[test]
    fn who_leaves_is_closed_and_reads_nothing_new() {
        let mut w = World::new(true);
        let mut candidate = Phone::new(w.member(Role::Candidate), &[]);
        let mut leaver = Phone::new(w.member(Role::Secretary), &[]);
        let second = Secretary {
            account: leaver.who.account_id(),
            age_pub: leaver.who.account().age_pub(),
            sign_pub: leaver.who.account().sign_pub(),
        };
        let out = w.change_set(|set| set.secretaries.push(second));
        w.founder_sends(&[out]);
        leaver.sync(&mut w);
        candidate.sync(&mut w);
        let mut chair = chair(&mut w);
        assert_eq!(leaver.who.standing(), Standing::Active);
        rotate(&mut w, &mut chair, Some(second.account));
        candidate.sync(&mut w);
        assert_eq!(candidate.who.branch().readers, [chair.who.account().age_pub()]);
        hand_in(&mut w, &mut candidate, "SAU KHI RÚT");
        let posting = leaver.letter(&mut w);
        assert_eq!(
            w.handle(&posting.bytes).result,
            Err(crate::endpoint::Refusal::AccountClosed)
        );
        chair.sync(&mut w);
        assert_eq!(texts(&office(&chair)), [Some("SAU KHI RÚT".to_owned())]);
    }

    #[test]
    fn a_full_set_a_foreign_root_and_a_stranger_are_refused() {
        let mut w = World::new(true);
        let root = w.root.clone();
        for seed in 0..3 {
            let keys = AccountKeys::draw(&mut crate::seal::tests::Counting(100 + seed));
            let one = Secretary {
                account: keys.id(),
                age_pub: keys.age_pub(),
                sign_pub: keys.sign_pub(),
            };
            let out = w.change_set(|set| set.secretaries.push(one));
            w.founder_sends(&[out]);
        }
        let mut who = w.founder.clone();
        let full = prepare(&root, &mut who, None, &[], w.now, &mut w.rnd).err();
        assert_eq!(full, Some(RotateFault::NoRoom));
        let last = w.founder.set().unwrap().secretaries[3].account;
        let mut who = w.founder.clone();
        assert!(prepare(&root, &mut who, Some(&last), &[], w.now, &mut w.rnd).is_ok());
        let mut who = w.founder.clone();
        let own = who.account_id();
        let oneself = prepare(&root, &mut who, Some(&own), &[], w.now, &mut w.rnd).err();
        assert_eq!(oneself, Some(RotateFault::NotOurs));
        let other = World::with(crate::kind::Class::C2, true, 7).root;
        let foreign = prepare(&other, &mut w.founder.clone(), None, &[], w.now, &mut w.rnd).err();
        assert_eq!(foreign, Some(RotateFault::NotOurs));
        let mut candidate = w.member(Role::Candidate);
        let stranger = prepare(&root, &mut candidate, None, &[], w.now, &mut w.rnd).err();
        assert_eq!(stranger, Some(RotateFault::NotOurs));
    }

    #[test]
    fn the_new_keys_may_come_late_and_the_old_ones_work_until_then() {
        let mut w = World::new(true);
        let mut chair = chair(&mut w);
        let root = w.root.clone();
        let leaves = office(&chair).set_leaves(&chair.who);
        let made = prepare(&root, &mut chair.who, None, &leaves, w.now, &mut w.rnd).unwrap();
        for op in made.ops {
            chair.cut(op);
        }
        chair.sync(&mut w);
        // Killed here: the old identity goes on as before, and the stored one is still good a week later.
        w.now.wall_s += 7 * 86_400;
        let link = {
            w.founder = chair.who.clone();
            let link = w.link(Role::Candidate);
            chair.who = w.founder.clone();
            link
        };
        let (late, join) = client::enrol(&link, &AGREED, w.now, &mut w.rnd).unwrap();
        w.answered(&late, &[join]);
        let next = Identity::decode(&made.next.encode()).unwrap();
        let answered = w.answered(&next, std::slice::from_ref(&made.join));
        assert!(matches!(answered.outcomes[0].fate, Fate::Stored(_)));
        assert_eq!(answered.standing, (Some(Role::Secretary), Standing::Active));
    }

    #[test]
    fn an_endpoint_restored_from_before_the_exchange_gets_all_back_from_the_former_keys() {
        let mut w = World::new(true);
        let mut candidate = Phone::new(w.member(Role::Candidate), &[]);
        candidate.sync(&mut w);
        let mut chair = chair(&mut w);
        let backup = w.store.durable.clone();
        let said = crate::body::Status {
            subject: candidate.who.account_id(),
            about: None,
            word: Word::Seen,
            day: "2026-11-22".to_owned(),
        };
        let out = client::say(&mut chair.who, &said, &[], &mut w.rnd).unwrap();
        let word = chair.cut(out);
        chair.sync(&mut w);
        let former = chair.who.clone();
        rotate(&mut w, &mut chair, None);
        w.store.replace(backup.clone());
        let old = crate::id::Epoch(backup.epoch);
        w.store.durable.old_epochs.insert(old, backup.seq);
        w.store.durable.epoch = [8; 16];
        // The new keys alone are strangers, however often they knock: their invite is lost with what the former ones said.
        for _ in 0..6 {
            chair.post(&mut w, |_| None);
        }
        let waits = |row: &crate::client::OutRow| row.state == OutState::Later(Code::InviteUnknown);
        assert!(chair.outbox.iter().any(waits), "{:?}", chair.outbox);
        assert!(!w.store.durable.ops.contains_key(&word));
        let mut former = Former::of(former, &chair.pulled);
        let mut letters = 0;
        loop {
            letters += 1;
            let posting = former.letter(&mut w.rnd);
            let body = w.handle(&posting.bytes).result.unwrap();
            if !former.take(&posting, (200, &body), &mut w.rnd) {
                break;
            }
            assert!(letters < 9, "it comes to an end");
        }
        assert!(w.store.durable.ops.contains_key(&word), "what the former keys said");
        chair.sync(&mut w);
        candidate.sync(&mut w);
        candidate.sync(&mut w);
        assert_eq!(chair.who.standing(), Standing::Active);
        assert_eq!(candidate.who.branch().readers, [chair.who.account().age_pub()]);
        let heard = client::word_of_branch(&candidate.who, &candidate.pulled);
        assert_eq!(heard.map(|(status, _)| status.word), Some(Word::Seen));
    }
}
