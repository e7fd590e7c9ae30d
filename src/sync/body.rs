//! What an op says: clear bodies, which the endpoint reads and checks (sync protocol §5.1), and the sealed one (`body::plain`).
//!
//! Invariant: clear bodies are read strictly: an unknown key is refused, because it would be a new schema. No clear body holds a
//! name or any content of the form. Not here: the branch set (`branch`).

pub mod plain;

use crate::hash::short;
use crate::id::{AccountId, AgePub, BranchId, DeviceId, InviteId, OpId, RecordId, Sig, SignPub};
use crate::keys;
use crate::kind::{Class, Kind, Role};
use minicbor::{Decode, Encode};

crate::map_shape! {
    /// What a person agreed to, and when that was taken back (kind 17; also inside a join).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
    pub struct Consent {
        /// Number of the text that was on the screen.
        #[n(1)]
        pub text: u32,
        /// The class agreed to.
        #[n(2)]
        pub class: Class,
        /// The person said to be under sixteen.
        #[n(3)]
        pub under16: bool,
        /// The person said that a parent or guardian agreed in writing.
        #[n(4)]
        pub guardian: bool,
        /// Taken back: nothing more leaves the phone.
        #[n(5)]
        pub withdrawn: bool,
    }
}

impl Consent {
    /// The class this consent allows: none when withdrawn, and none under sixteen without the guardian's paper, which only the
    /// invite's maker can vouch for.
    pub fn allows(&self, guardian_paper_seen: bool) -> Class {
        if self.withdrawn || (self.under16 && !guardian_paper_seen) {
            Class::C0
        } else {
            self.class
        }
    }
}

crate::map_shape! {
    /// A new device, perhaps a new account (kind 16).
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Join {
        /// The device's signing key.
        #[n(1)]
        pub device_pub: SignPub,
        /// The account's sealing key.
        #[n(2)]
        pub age_pub: AgePub,
        /// The account's signing key.
        #[n(3)]
        pub sign_pub: SignPub,
        /// The account's word that the device is its own.
        #[n(4)]
        pub certificate: Sig,
        /// The invite; absent for a further device of a known account.
        #[n(5)]
        pub invite: Option<InviteId>,
        /// The invite key's word for these keys.
        #[n(6)]
        pub invite_sig: Option<Sig>,
        /// What the person agreed to.
        #[n(7)]
        pub consent: Consent,
    }
}

impl Join {
    /// The account these keys make.
    pub fn account(&self) -> AccountId {
        keys::account_id(&self.age_pub, &self.sign_pub)
    }

    /// The device this key makes.
    pub fn device(&self) -> DeviceId {
        keys::device_id(&self.device_pub)
    }

    /// Whether the certificate is the account's own.
    pub fn certified(&self, branch: &BranchId) -> bool {
        keys::certificate_fits(branch, &self.device_pub, &self.sign_pub, &self.certificate)
    }

    /// Whether the invite behind `invite_pub` admits these keys.
    pub fn admitted_by(&self, invite_pub: &SignPub, branch: &BranchId) -> bool {
        let sig = self.invite_sig.unwrap_or(Sig::ZERO);
        keys::admits(
            invite_pub,
            branch,
            &self.device_pub,
            &self.age_pub,
            &self.sign_pub,
            &sig,
        )
    }
}

/// An invite lasts at most thirty days, by the endpoint's clock. In seconds.
pub const INVITE_SECONDS: u64 = 30 * 86_400;

crate::map_shape! {
    /// An invite's public part (kind 14).
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Invite {
        /// Public part of the key behind the code.
        #[n(1)]
        pub invite_pub: SignPub,
        /// The role it gives.
        #[n(2)]
        pub role: Role,
        /// For an existing account: a new phone in place of a lost one.
        #[n(3)]
        pub account: Option<AccountId>,
        /// Last second it may be used, by the endpoint's clock (seconds since 1970-01-01 UTC).
        #[n(4)]
        pub expires: u64,
        /// Typed by hand instead of scanned.
        #[n(5)]
        pub typed: bool,
        /// The maker has seen the written consent of a parent or guardian.
        #[n(6)]
        pub guardian: bool,
    }
}

/// Whether a card or account is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum CardState {
    /// In force.
    #[n(0)]
    Active,
    /// Ended.
    #[n(1)]
    Ended,
}

crate::map_shape! {
    /// A person's keys and role, confirmed by a secretary (kind 9).
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Card {
        /// Whose card.
        #[n(1)]
        pub account: AccountId,
        /// Their sealing key.
        #[n(2)]
        pub age_pub: AgePub,
        /// Their signing key.
        #[n(3)]
        pub sign_pub: SignPub,
        /// Candidate or mentor; secretaries are named by the branch set.
        #[n(4)]
        pub role: Role,
        /// In force or ended.
        #[n(5)]
        pub state: CardState,
    }
}

/// What the branch says of a candidate's papers, or of how far the procedure has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Đã xem.
    Seen,
    /// Trả lại: to be corrected and handed in again.
    HandedBack,
    /// Đồng ý cho chép tay.
    Agreed,
    /// Đóng.
    Closed,
    /// A step of the procedure, by its number: 0 to 16 for S0 to S16, 17 to 19 for X1 to X3. On the wire 100 more.
    Step(
        /// At most [`Word::LAST_STEP`].
        u8,
    ),
}

impl Word {
    /// The greatest number of a step.
    pub const LAST_STEP: u8 = 19;
    const STEPS: u8 = 100;

    /// The number on the wire.
    pub fn number(self) -> u8 {
        match self {
            Self::Seen => 1,
            Self::HandedBack => 2,
            Self::Agreed => 3,
            Self::Closed => 4,
            Self::Step(step) => Self::STEPS.saturating_add(step),
        }
    }

    /// Back from the number.
    pub fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::Seen),
            2 => Some(Self::HandedBack),
            3 => Some(Self::Agreed),
            4 => Some(Self::Closed),
            _ => {
                let step = number.checked_sub(Self::STEPS)?;
                (step <= Self::LAST_STEP).then_some(Self::Step(step))
            }
        }
    }
}

impl<C> Encode<C> for Word {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u8(self.number())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Word {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Self::from_number(d.u8()?).ok_or_else(|| minicbor::decode::Error::message("unknown word"))
    }
}

crate::map_shape! {
    /// A word of the branch about a candidate's papers (kind 5).
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Status {
        /// Whose papers.
        #[n(1)]
        pub subject: AccountId,
        /// The hand-in spoken about, if one is.
        #[n(2)]
        pub about: Option<OpId>,
        /// What is said.
        #[n(3)]
        pub word: Word,
        /// The day it was said, `yyyy-mm-dd` by the secretary's phone.
        #[n(4)]
        pub day: String,
    }
}

impl Status {
    /// Whether the day is written as it must be.
    pub fn is_sound(&self) -> bool {
        is_day(&self.day)
    }
}

/// Whether it is written `yyyy-mm-dd`.
fn is_day(day: &str) -> bool {
    let digit = |at: usize, byte: u8| {
        if at == 4 || at == 7 {
            byte == b'-'
        } else {
            byte.is_ascii_digit()
        }
    };
    day.len() == 10 && day.bytes().enumerate().all(|(at, byte)| digit(at, byte))
}

crate::map_shape! {
    /// Who accompanies a candidate (kind 8). Whoever is not assigned any more gets nothing new of the candidate's.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Assignment {
        /// The candidate.
        #[n(1)]
        pub candidate: AccountId,
        /// The mentor.
        #[n(2)]
        pub mentor: AccountId,
        /// First day, `yyyy-mm-dd`.
        #[n(3)]
        pub from: String,
        /// Last day; absent while it lasts. The day is a remark: with one the assignment is over.
        #[n(4)]
        pub to: Option<String>,
    }
}

impl Assignment {
    /// The record of every version of this assignment.
    pub fn record(candidate: &AccountId, mentor: &AccountId) -> RecordId {
        let mut key = candidate.as_bytes().to_vec();
        key.extend(mentor.as_bytes());
        keyed_record(Kind::Assignment, &key)
    }

    /// Whether the days are written as they must be.
    pub fn is_sound(&self) -> bool {
        is_day(&self.from) && self.to.as_ref().is_none_or(|day| is_day(day))
    }
}

/// Why something was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Reason {
    /// The phone is lost.
    #[n(1)]
    Lost,
    /// The person left.
    #[n(2)]
    Left,
    /// The work is done.
    #[n(3)]
    Closed,
    /// The person asked for everything to be erased.
    #[n(4)]
    Erase,
}

crate::map_shape! {
    /// A device or account closed (kind 15). Exactly one of the two is named.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Revoke {
        /// The device.
        #[n(1)]
        pub device: Option<DeviceId>,
        /// The account with all its devices.
        #[n(2)]
        pub account: Option<AccountId>,
        /// Why.
        #[n(3)]
        pub reason: Reason,
    }
}

/// Name of a keyed record: SHA-256("lylich/1 key" ‖ kind byte ‖ key), first 16 bytes. The key is the branch for its set, the
/// author's account for a consent and an escrow, the subject's account for a card and a status, both accounts for an assignment.
pub fn keyed_record(kind: Kind, key: &[u8]) -> RecordId {
    RecordId(short(
        "lylich/1 key",
        &[&[u8::try_from(kind.number()).unwrap_or(u8::MAX)], key],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn under_sixteen_needs_the_paper_the_secretary_saw() {
        let consent = Consent {
            text: 1,
            class: Class::C2,
            under16: true,
            guardian: true,
            withdrawn: false,
        };
        assert_eq!(consent.allows(false), Class::C0, "the person's own word is not enough");
        assert_eq!(consent.allows(true), Class::C2);
        assert_eq!(
            Consent {
                under16: false,
                ..consent
            }
            .allows(false),
            Class::C2
        );
        assert_eq!(
            Consent {
                withdrawn: true,
                ..consent
            }
            .allows(true),
            Class::C0
        );
    }

    #[test]
    fn a_word_keeps_its_number_and_a_step_is_a_hundred_more() {
        let known: Vec<u8> = (0..=u8::MAX)
            .filter(|number| Word::from_number(*number).is_some())
            .collect();
        assert_eq!(known, [vec![1, 2, 3, 4], (100..=119).collect()].concat());
        for number in 0..=u8::MAX {
            let word = Word::from_number(number);
            assert_eq!(crate::shape::whole(&crate::shape::encode(&number)).ok(), word);
            assert!(word.is_none_or(|word| crate::shape::encode(&word) == crate::shape::encode(&number)));
        }
        assert_eq!(Word::from_number(107), Some(Word::Step(7)));
    }

    #[test]
    fn an_unknown_key_in_a_clear_body_is_refused() {
        let revoke = Revoke {
            device: None,
            account: Some(AccountId([1; 16])),
            reason: Reason::Left,
        };
        let bytes = crate::shape::encode(&revoke);
        assert_eq!(crate::shape::strict::<Revoke>(&bytes), Ok(revoke));
        let mut more = bytes;
        more[0] += 1;
        more.extend([0x09, 0x01]);
        assert!(crate::shape::whole::<Revoke>(&more).is_ok());
        assert!(crate::shape::strict::<Revoke>(&more).is_err());
    }
}
