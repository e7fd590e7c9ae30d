//! Every decoder that meets bytes from elsewhere, by name: for the fuzzer and for the loop over the kept corpus.
//!
//! Invariant: a decoder takes anything and says no; whatever it takes it writes again, and reads back as the same.

use sync::answer::{Answer, Problem};
use sync::backup::Backup;
use sync::body::plain::{Forwarded, Plain, Remark};
use sync::body::{Assignment, Card, Invite, Join, Revoke, Status};
use sync::branch::{BranchSet, SignedSet};
use sync::client::{EscrowAsk, Identity, KeptOp, Load, Mail, OutRow, Packed, Pulled, Register};
use sync::draft::Draft;
use sync::export::Export;
use sync::film::{Grain, Watcher, cut};
use sync::found::{FoundingInvite, Root};
use sync::keys::Seed;
use sync::letter::{Letter, Signed};
use sync::link::Link;
use sync::op::Op;
use sync::parcel::{Carried, Parcel};
use sync::seal::{hazmat::parse_identities, safe};
use sync::{container, content, shape};

/// The secret key of whom the sealed part of the corpus is for; it belongs to nobody.
const READER: [u8; 32] = [7; 32];

/// A decoder: `true` when it took the bytes.
pub type Decoder = fn(&[u8]) -> bool;

/// All of them. The corpus has a folder for each, the fuzzer a target.
pub const DECODERS: [(&str, Decoder); 28] = [
    ("letter", |bytes| Letter::read(bytes).is_ok()),
    ("op", |bytes| Op::read(bytes).is_ok()),
    ("signed", |bytes| shape::whole::<Signed>(bytes).is_ok()),
    ("answer", |bytes| {
        shape::whole::<Answer>(bytes).is_ok_and(|answer| again(&answer, shape::whole(&shape::encode(&answer)).ok()))
    }),
    ("problem", |bytes| shape::whole::<Problem>(bytes).is_ok()),
    ("signed-set", |bytes| {
        shape::whole::<SignedSet>(bytes).is_ok_and(|set| {
            let _ = set.verify();
            true
        })
    }),
    ("branch-set", |bytes| shape::strict::<BranchSet>(bytes).is_ok()),
    ("content", |bytes| {
        content::from_bytes(bytes)
            .is_ok_and(|fields| again(&fields, content::from_bytes(&content::to_bytes(&fields)).ok()))
    }),
    ("draft", |bytes| {
        Draft::decode(bytes).is_ok_and(|draft| again(&draft, Draft::decode(&draft.encode()).ok()))
    }),
    ("identity", |bytes| Identity::decode(bytes).is_ok()),
    ("out-row", |bytes| OutRow::decode(bytes).is_ok()),
    ("kept-op", |bytes| KeptOp::decode(bytes).is_ok()),
    ("pulled", |bytes| {
        Pulled::decode(bytes).is_ok_and(|row| again(&row, Pulled::decode(&row.encode()).ok()))
    }),
    ("root", |bytes| Root::decode(bytes).is_ok()),
    ("said", |bytes| {
        shape::whole::<Plain>(bytes).is_ok()
            | shape::whole::<Remark>(bytes).is_ok()
            | shape::whole::<Forwarded>(bytes).is_ok()
    }),
    ("clear", |bytes| {
        shape::strict::<Assignment>(bytes).is_ok()
            | shape::strict::<Status>(bytes).is_ok()
            | shape::strict::<Card>(bytes).is_ok()
            | shape::strict::<Invite>(bytes).is_ok()
            | shape::strict::<Join>(bytes).is_ok()
            | shape::strict::<Revoke>(bytes).is_ok()
    }),
    ("mail", |bytes| Mail::decode(bytes).is_ok()),
    ("export", |bytes| Export::decode(bytes).is_ok()),
    ("backup", |bytes| Backup::decode(bytes).is_ok()),
    ("parcel", |bytes| {
        Parcel::decode(bytes).is_ok_and(|parcel| again(&parcel, Parcel::decode(&parcel.encode()).ok()))
            | Packed::decode(bytes).is_ok()
            | Load::decode(bytes).is_ok()
            | shape::whole::<Carried>(bytes).is_ok()
    }),
    ("film", |bytes| {
        std::str::from_utf8(bytes).is_ok_and(|frames| {
            watched(frames).is_some_and(|file| {
                let shown = cut(&file, Grain::Coarse).unwrap_or_default().join("\n");
                again(&file, watched(&shown))
            })
        })
    }),
    ("packed", |bytes| safe::unpack(bytes).is_ok()),
    ("container", |bytes| {
        container::open(bytes).is_ok_and(|map| again(&bytes, Some(&container::close(map)[..])))
    }),
    ("sealed", |bytes| safe::open_bytes(bytes, &Seed::new(READER)).is_ok()),
    ("escrow-ask", |bytes| shape::strict::<EscrowAsk>(bytes).is_ok()),
    ("register", |bytes| {
        Register::decode(bytes).is_ok_and(|read| again(&read, Register::decode(&read.encode()).ok()))
    }),
    ("key-file", |bytes| {
        std::str::from_utf8(bytes).is_ok_and(|text| parse_identities(text).is_some())
    }),
    ("text", |bytes| {
        std::str::from_utf8(bytes).is_ok_and(|text| Link::parse(text).is_ok() | FoundingInvite::parse(text).is_ok())
    }),
];

/// The file of a film, a frame a line.
fn watched(frames: &str) -> Option<Vec<u8>> {
    let mut watcher = Watcher::default();
    frames.lines().find_map(|frame| watcher.see(frame))
}

/// What was read is what is read again.
fn again<T: PartialEq>(first: &T, second: Option<T>) -> bool {
    assert!(
        second.as_ref() == Some(first),
        "read, written and read again it is something else"
    );
    true
}
