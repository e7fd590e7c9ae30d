//! A lost phone: the account's keys under the printed recovery code, and the same account again on a new phone (sync protocol §12).
//!
//! Invariant: the endpoint keeps the sealed seed and serves it for an invite to that very account; without the forty digits of the sheet
//! it opens for nobody. The seed's account must be the one that the op names. Not here: the code itself (`damm`).

use super::cut::{CutFault, finish, join};
use super::{Identity, Outgoing, Pulled, Target, View};
use crate::Random;
use crate::body::{Consent, keyed_record};
use crate::draft::Draft;
use crate::id::{AgePub, InviteId, OpId, Sig};
use crate::keys::{AccountKeys, DeviceKeys, InviteKey, Seed, recovery_key};
use crate::kind::{Class, Kind};
use crate::letter::PROTO;
use crate::link::Link;
use crate::op::Op;
use crate::seal::hazmat;
use crate::shape;
use minicbor::Encode;

crate::map_shape! {
    /// The question for an account's sealed keys. It goes where letters go.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct EscrowAsk {
        /// [`PROTO`].
        #[n(1)]
        pub proto: u64,
        /// The invite to the account.
        #[n(2)]
        pub invite: InviteId,
        /// The invite key's word for this question.
        #[n(3)]
        pub sig: Sig,
    }
}

/// Why no account came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecoverFault {
    /// The answer is not an account's sealed keys.
    #[error("not an escrow of this branch")]
    NotAnEscrow,
    /// The code does not open them.
    #[error("the recovery code does not fit")]
    WrongCode,
    /// The branch's class or the person's consent allows nothing.
    #[error("class in force does not allow it")]
    ClassOff,
}

impl RecoverFault {
    /// What to tell the person.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotAnEscrow => "Chưa tìm thấy bản gửi giữ của bạn. Bạn xin chi bộ tờ mời mới cho máy này nhé.",
            Self::WrongCode => "Mã khôi phục chưa khớp. Bạn nhìn lại tờ đã in rồi gõ lại nhé.",
            Self::ClassOff => "Chi bộ chưa bật việc gửi, nên chưa lấy lại được bản khai trên máy này.",
        }
    }
}

/// Whom the account's keys are sealed to: the public part of what follows from the recovery code (the bytes of
/// `damm::RecoveryCode::secret`). A phone keeps it from the moment when the code was on its screen, and the code itself nowhere.
pub fn recovery_reader(code: &[u8]) -> AgePub {
    hazmat::public(&recovery_key(code))
}

/// Seals the account's keys to the holder of a recovery code ([`recovery_reader`]). `last` is the escrow before, if there was one.
///
/// # Errors
/// [`CutFault::ClassOff`] below C2.
pub fn escrow(
    who: &mut Identity,
    reader: AgePub,
    last: Option<OpId>,
    rnd: &mut dyn Random,
) -> Result<Outgoing, CutFault> {
    if who.class() < Class::C2 {
        return Err(CutFault::ClassOff);
    }
    let body =
        hazmat::encrypt(who.account().seed().as_ref(), &[reader], rnd).map_err(|fault| CutFault::Seal(fault.into()))?;
    let target = Target {
        kind: Kind::Escrow,
        record: Some(keyed_record(Kind::Escrow, who.account_id().as_bytes())),
        base: last,
        also: vec![],
        to: vec![who.account_id().into()],
    };
    Ok(finish(who, OpId::draw(rnd), target, body))
}

/// What a new phone posts first: the bytes of an [`EscrowAsk`] under its new invite.
pub fn ask_escrow(link: &Link) -> Vec<u8> {
    let key = InviteKey::from_code(&link.code);
    shape::encode(&EscrowAsk {
        proto: PROTO,
        invite: key.id(),
        sig: key.ask(&link.set.branch()),
    })
}

/// The same account on a new phone, from the answer to [`ask_escrow`] and the printed code. The `join` is to be stored with the identity
/// and sent; the first full pull then brings the drafts ([`missing_drafts`]). Third, the escrow that was opened: the next one goes on from it.
///
/// # Errors
/// See [`RecoverFault`].
pub fn recover(
    link: &Link,
    consent: &Consent,
    code: &[u8],
    answer: &[u8],
    rnd: &mut dyn Random,
) -> Result<(Identity, Outgoing, Option<OpId>), RecoverFault> {
    let op = Op::read(answer).map_err(|_| RecoverFault::NotAnEscrow)?;
    let header = op.header();
    if header.kind != Kind::Escrow.number() || header.branch != link.set.branch() {
        return Err(RecoverFault::NotAnEscrow);
    }
    let seed = hazmat::decrypt(op.body(), &recovery_key(code), 32).map_err(|_| RecoverFault::WrongCode)?;
    let seed: [u8; 32] = seed.as_slice().try_into().map_err(|_| RecoverFault::WrongCode)?;
    let account = AccountKeys::from_seed(Seed::new(seed));
    if account.id() != header.account {
        return Err(RecoverFault::WrongCode);
    }
    let device = DeviceKeys::draw(rnd);
    let mut who = Identity::new(account, device, link.set.clone(), link.role, *consent);
    if who.class() == Class::C0 {
        return Err(RecoverFault::ClassOff);
    }
    let join = join(&mut who, Some(&InviteKey::from_code(&link.code)), rnd);
    Ok((who, join, Some(header.op_id)))
}

/// Empty drafts for the records that other phones of this person wrote and this one does not have. [`super::merge`] fills them.
pub fn missing_drafts(who: &Identity, view: View<'_>, known: &[Draft]) -> Vec<Draft> {
    let is_version = |row: &&Pulled| {
        let kind = row.out.kind();
        let version = kind == Some(Kind::Draft) || kind == Some(Kind::HandIn);
        version && row.whole && row.account == who.account_id()
    };
    let pulled = view.pulled.iter().filter(is_version).map(|row| row.out.record_id);
    let own = view
        .kept
        .iter()
        .filter(|row| matches!(row.out.kind(), Some(Kind::Draft | Kind::HandIn)));
    let mut missing: Vec<Draft> = Vec::new();
    for record in pulled.chain(own.map(|row| row.out.record_id)) {
        let has = |drafts: &[Draft]| drafts.iter().any(|draft| draft.record_id == record);
        if !has(known) && !has(&missing) {
            missing.push(Draft::new(record, ""));
        }
    }
    missing
}
