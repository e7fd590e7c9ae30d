//! One row of the vault, opened and parsed once.
//!
//! Invariant: a forward is a piece only when the original's signature and its author's certificate fit, or when it is one's own, made from what
//! was believed then. Whether an author has the role
//! for what they wrote is not asked here (`view`), because a card may come later.

use super::view::Place;
use crate::body::plain::{Forwarded, Plain, Remark};
use crate::body::{Assignment, Card, Invite, Join, Revoke, Status};
use crate::branch::{BranchSet, SignedSet};
use crate::client::{Identity, Outgoing, Pulled};
use crate::id::OpId;
use crate::keys;
use crate::kind::Kind;
use crate::op::{Header, Op, RawOp};
use crate::seal::safe;
use crate::shape;
use minicbor::Decode;
use std::sync::Arc;
use zeroize::Zeroizing;

/// An op.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub header: Header,
    /// `None` until the endpoint has it.
    pub place: Option<Place>,
    /// Whether a set that is held names its author as secretary; found out by `settle`.
    pub by_secretary: bool,
    pub body: Body,
}

/// How a row stood when it was read: it is read again only when it stands otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub op_id: OpId,
    /// Shorter once the content was dropped.
    bytes: usize,
    opened: bool,
    /// Whether the endpoint has it.
    stored: bool,
}

impl Mark {
    pub fn of(out: &Outgoing, opened: Option<&[u8]>, stored: bool) -> Self {
        Self {
            op_id: out.op_id,
            bytes: out.bytes.len(),
            opened: opened.is_some(),
            stored,
        }
    }
}

/// What it says.
#[derive(Clone, Debug)]
pub(super) enum Body {
    /// A draft, hand-in, note or case.
    Plain(Arc<Plain>),
    Remark(Arc<Remark>),
    Forward(Box<Forward>),
    Card(Card),
    Status(Status),
    Assignment(Assignment),
    Invite(Invite),
    Join(Box<Join>),
    Revoke(Revoke),
    Set(Box<BranchSet>),
    /// One op is erased, or its whole record is deleted.
    Erasure,
    /// Its content was dropped.
    Gone,
    /// Sealed to other keys.
    Unreadable,
    /// It says something else than its header.
    Doubtful,
    /// Of a kind that nothing is made of here.
    Other,
}

/// An older op of somebody else's.
#[derive(Clone, Debug)]
pub(super) struct Forward {
    pub original: Header,
    pub place: Option<Place>,
    /// [`Body::Plain`] or [`Body::Remark`].
    pub body: Body,
}

impl Piece {
    /// An op of one's own.
    pub fn of_own(who: &Identity, out: &Outgoing, opened: Option<&[u8]>, place: Option<Place>) -> Option<Self> {
        let raw: RawOp = shape::whole(&out.bytes).ok()?;
        let op = Op::from_parts(raw.header, raw.sig).ok()?;
        let body = if raw.body.is_empty() && op.header().body_len > 0 {
            Body::Gone
        } else {
            Body::of(who, op.header(), &raw.body, opened)
        };
        (op.header().account == who.account_id()).then(|| Self {
            header: op.header().clone(),
            place,
            by_secretary: false,
            body,
        })
    }

    /// An op that came from the endpoint.
    pub fn of_pulled(who: &Identity, row: &Pulled) -> Option<Self> {
        let raw: RawOp = shape::whole(&row.out.bytes).ok()?;
        let op = Op::from_parts(raw.header, raw.sig).ok()?;
        let body = if row.whole {
            Body::of(who, op.header(), &raw.body, row.opened.as_deref())
        } else {
            Body::Gone
        };
        let place = Place {
            server_seq: row.server_seq,
            server_time: row.server_time,
        };
        Some(Self {
            header: op.header().clone(),
            place: Some(place),
            by_secretary: false,
            body,
        })
    }

    pub fn kind(&self) -> Option<Kind> {
        Kind::from_number(self.header.kind)
    }
}

impl Body {
    fn of(who: &Identity, header: &Header, bytes: &[u8], opened: Option<&[u8]>) -> Self {
        let Some(kind) = Kind::from_number(header.kind) else {
            return Self::Other;
        };
        if header.verb == 1 {
            return Self::Erasure;
        }
        if kind == Kind::Escrow {
            return Self::Other;
        }
        if kind.sealed() {
            let opened = match opened {
                Some(opened) => Some(Zeroizing::new(opened.to_vec())),
                None => safe::open_bytes(bytes, who.account().age_secret()).ok(),
            };
            return opened.map_or(Self::Unreadable, |opened| Self::sealed(who, kind, header, &opened));
        }
        let body = match kind {
            Kind::Card => clear(bytes, Self::Card),
            Kind::Status => clear(bytes, Self::Status),
            Kind::Assignment => clear(bytes, Self::Assignment),
            Kind::Invite => clear(bytes, Self::Invite),
            Kind::Revoke => clear(bytes, Self::Revoke),
            Kind::Join => clear(bytes, |join: Join| Self::Join(Box::new(join))),
            Kind::BranchSet => clear(bytes, |signed: SignedSet| {
                let set = signed.verify().ok().filter(|set| set.branch == who.branch_id());
                set.map_or(Self::Doubtful, |set| Self::Set(Box::new(set)))
            }),
            _ => Self::Other,
        };
        // A join says who its author is: the device and the account that signed it.
        match &body {
            Self::Join(join) if join.account() != header.account || join.device() != header.device => Self::Doubtful,
            _ => body,
        }
    }

    fn sealed(who: &Identity, kind: Kind, header: &Header, opened: &[u8]) -> Self {
        match kind {
            Kind::Annotation => clear(opened, |remark: Remark| {
                if remark.agrees_with(header) {
                    Self::Remark(Arc::new(remark))
                } else {
                    Self::Doubtful
                }
            }),
            Kind::Forward => clear(opened, |said: Forwarded| {
                let forward = said
                    .agrees_with(header)
                    .then(|| Forward::of(who, header, &said))
                    .flatten();
                forward.map_or(Self::Doubtful, |forward| Self::Forward(Box::new(forward)))
            }),
            _ => clear(opened, |plain: Plain| {
                if plain.agrees_with(header) {
                    Self::Plain(Arc::new(plain))
                } else {
                    Self::Doubtful
                }
            }),
        }
    }
}

fn clear<T: for<'b> Decode<'b, ()>>(bytes: &[u8], make: impl FnOnce(T) -> Body) -> Body {
    shape::whole(bytes).map_or(Body::Doubtful, make)
}

impl Forward {
    fn of(who: &Identity, header: &Header, said: &Forwarded) -> Option<Self> {
        let op = Op::from_parts(said.header.clone(), said.sig).ok()?;
        let (original, author) = (op.header(), &said.author);
        let kind = Kind::from_number(original.kind).filter(|kind| kind.forwardable())?;
        let fits = header.about == Some(original.op_id)
            && original.branch == who.branch_id()
            && original.account == keys::account_id(&author.age_pub, &author.sign_pub);
        let signed = || {
            let (device, sign) = (&author.device_pub, &author.sign_pub);
            keys::certificate_fits(&original.branch, device, sign, &author.certificate) && op.verify(device)
        };
        let fits = fits && (header.account == who.account_id() || signed());
        let body = fits.then(|| Body::sealed(who, kind, original, &said.plain))?;
        let place = said.place.map(|(server_seq, server_time)| Place {
            server_seq,
            server_time,
        });
        matches!(body, Body::Plain(_) | Body::Remark(_)).then(|| Self {
            original: original.clone(),
            place,
            body,
        })
    }
}
