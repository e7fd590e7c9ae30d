//! Courier files: sealed letters that somebody carries to where there is a signal, and the sealed answers that come back (sync protocol
//! §15).
//!
//! Find here: the parcel (containers of type 1 and 2), the envelope in it, and what a letter and its answer say about an envelope that the
//! sender carries for somebody else. Invariant: an envelope shows its branch and its size rounded up, nothing else. Deliberately not here:
//! packing and reading one's own (`client::packed`), carrying (`client::carried`), what the endpoint does with it (`endpoint`).

use crate::Random;
use crate::answer::Problem;
use crate::container::{self, FileFault, Type};
use crate::id::{AgePub, BranchId, EnvelopeId, ParcelId};
use crate::keys::Seed;
use crate::seal::hazmat::{self, AgeFault};
use crate::shape;
use minicbor::encode::Write;
use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};
use zeroize::Zeroizing;

/// The largest parcel: 1 MiB.
pub const LARGEST: usize = 1 << 20;
/// Envelopes in a parcel.
pub const MAX_ENVELOPES: usize = 32;
/// The largest sealed letter: 80 KiB.
pub const MAX_SEALED: usize = 80 << 10;
/// Sizes are rounded up to a multiple of this before sealing.
const PAD: usize = 512;
/// No reader opens more than this: an answer may bring a row of 64 KiB besides its receipts.
const MAX_OPENED: usize = 256 << 10;

crate::map_shape! {
    /// A letter on its way to the endpoint, sealed to it; or its answer on the way back, sealed to the sender's account.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Envelope {
        /// Random; the answer bears that of its letter.
        #[n(1)]
        pub id: EnvelopeId,
        /// The sender's branch.
        #[n(2)]
        pub branch: BranchId,
        /// An age file.
        #[cbor(n(3), with = "minicbor::bytes")]
        pub sealed: Vec<u8>,
    }
}

/// Length, content, zeros: what is sealed.
fn padded(content: &[u8]) -> Zeroizing<Vec<u8>> {
    let length = u32::try_from(content.len()).unwrap_or_default();
    let mut out = Zeroizing::new(Vec::with_capacity(content.len() + PAD + 4));
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(content);
    let whole = out.len().next_multiple_of(PAD);
    out.resize(whole, 0);
    out
}

impl Envelope {
    /// Seals a letter or an answer to its one reader.
    ///
    /// # Errors
    /// [`AgeFault::BadRecipient`]: the reader's key is unusable.
    pub fn seal(
        id: EnvelopeId,
        branch: BranchId,
        content: &[u8],
        reader: AgePub,
        rnd: &mut dyn Random,
    ) -> Result<Self, AgeFault> {
        let sealed = hazmat::encrypt(&padded(content), &[reader], rnd)?;
        Ok(Self { id, branch, sealed })
    }

    /// The letter or answer in it.
    ///
    /// # Errors
    /// [`AgeFault`]: sealed to somebody else, or damaged.
    pub fn open(&self, secret: &Seed) -> Result<Zeroizing<Vec<u8>>, AgeFault> {
        let mut opened = hazmat::decrypt(&self.sealed, secret, MAX_OPENED)?;
        let length = opened.first_chunk::<4>().ok_or(AgeFault::Damaged)?;
        let end = usize::try_from(u32::from_be_bytes(*length))
            .ok()
            .and_then(|length| length.checked_add(4));
        let end = end
            .filter(|end| opened.len() == end.next_multiple_of(PAD))
            .ok_or(AgeFault::Damaged)?;
        opened.truncate(end);
        opened.drain(..4);
        Ok(opened)
    }
}

crate::map_shape! {
    /// A file of envelopes.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Parcel {
        #[n(1)]
        kind: u8,
        /// Random; the answers come back under the same.
        #[n(2)]
        pub id: ParcelId,
        /// The branch that all envelopes are of.
        #[n(3)]
        pub branch: BranchId,
        /// Counted on the sender's device, for people.
        #[n(4)]
        pub number: u64,
        /// In the order of packing.
        #[n(5)]
        pub envelopes: Vec<Envelope>,
    }
}

impl Parcel {
    /// A parcel of letters.
    pub fn going(id: ParcelId, branch: BranchId, number: u64, envelopes: Vec<Envelope>) -> Self {
        let kind = Type::Going as u8;
        Self {
            kind,
            id,
            branch,
            number,
            envelopes,
        }
    }

    /// The parcel that brings these answers home.
    pub fn back(&self, envelopes: Vec<Envelope>) -> Self {
        Self {
            kind: Type::Back as u8,
            envelopes,
            ..self.clone()
        }
    }

    /// Whether it brings answers.
    pub fn is_back(&self) -> bool {
        self.kind == Type::Back as u8
    }

    /// The file's bytes.
    pub fn encode(&self) -> Vec<u8> {
        container::close(&shape::encode(self))
    }

    /// Reads a file of either way.
    ///
    /// # Errors
    /// [`FileFault`]: nothing of the file can be used.
    pub fn decode(file: &[u8]) -> Result<Self, FileFault> {
        if file.len() > LARGEST {
            return Err(FileFault::Foreign);
        }
        let map = container::of_type(file, Type::Going).or_else(|_| container::of_type(file, Type::Back))?;
        // Whole by its digest and of this type: what is not understood was written by a later release.
        let parcel: Self = shape::whole(map).map_err(|_| FileFault::Newer)?;
        let of_one_branch = parcel.envelopes.iter().all(|one| one.branch == parcel.branch);
        let fits = (1..=MAX_ENVELOPES).contains(&parcel.envelopes.len())
            && parcel
                .envelopes
                .iter()
                .all(|one| parcel.is_back() || one.sealed.len() <= MAX_SEALED);
        if fits && of_one_branch {
            Ok(parcel)
        } else {
            Err(FileFault::Damaged)
        }
    }
}

crate::map_shape! {
    /// What a letter says besides its own: the envelope that its sender carries for somebody else.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Carrying {
        /// The envelope.
        #[n(11)]
        pub envelope: Option<Envelope>,
    }
}

/// What became of a carried envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Back {
    /// Taken: the answer, for the sender's eyes.
    Answer(Envelope),
    /// Not taken, and why.
    Problem(Problem),
}

impl<C> Encode<C> for Back {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, c: &mut C) -> Result<(), encode::Error<W::Error>> {
        match self {
            Self::Answer(envelope) => envelope.encode(e, c),
            Self::Problem(problem) => problem.encode(e, c),
        }
    }
}

impl<'b> Decode<'b, ()> for Back {
    fn decode(d: &mut Decoder<'b>, c: &mut ()) -> Result<Self, decode::Error> {
        let start = d.position();
        Envelope::decode(d, c).map(Self::Answer).or_else(|_| {
            d.set_position(start);
            Problem::decode(d, c).map(Self::Problem)
        })
    }
}

crate::map_shape! {
    /// What the answer says of it.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Carried {
        /// What became of the envelope.
        #[n(10)]
        pub back: Option<Back>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::AccountKeys;
    use crate::seal::tests::Counting;
    use proptest::collection::vec;
    use proptest::prelude::*;

    prop_compose! {
        fn parcel()(id: [u8; 16], branch: [u8; 16], number: u64, sealed in vec(vec(any::<u8>(), 0..90), 1..5), back: bool) -> Parcel {
            let branch = BranchId(branch);
            let envelopes = sealed.into_iter().map(|sealed| Envelope { id: EnvelopeId(id), branch, sealed }).collect();
            let parcel = Parcel::going(ParcelId(id), branch, number, envelopes);
            if back { parcel.back(parcel.envelopes.clone()) } else { parcel }
        }
    }

    proptest! {
        #![proptest_config(crate::seal::tests::cases(64))]

        #[test]
        fn a_parcel_comes_back_as_it_was(parcel in parcel()) {
            prop_assert_eq!(Parcel::decode(&parcel.encode()), Ok(parcel));
        }

        #[test]
        fn a_whole_file_with_any_map_is_looked_at_without_harm(map in vec(any::<u8>(), 0..80)) {
            prop_assert!(Parcel::decode(&container::close(&map)).is_err());
        }

        #[test]
        fn an_envelope_opens_for_its_reader_and_shows_a_rounded_size(content in vec(any::<u8>(), 0..3_000)) {
            let (reader, other) = (AccountKeys::draw(&mut Counting(1)), AccountKeys::draw(&mut Counting(2)));
            let (id, branch, key) = (EnvelopeId([1; 16]), BranchId([2; 16]), reader.age_pub());
            let seal = |content: &[u8]| Envelope::seal(id, branch, content, key, &mut Counting(3)).unwrap();
            let envelope = seal(&content);
            let opened = envelope.open(reader.age_secret()).unwrap();
            prop_assert_eq!(opened.as_slice(), &content[..]);
            prop_assert_eq!(envelope.open(other.age_secret()), Err(AgeFault::NotForThisKey));
            let rounded = (content.len() + 4).div_ceil(PAD);
            prop_assert_eq!(envelope.sealed.len(), seal(&vec![0; rounded * PAD - 4]).sealed.len());
        }
    }

    #[test]
    fn lying_lengths_are_damaged() {
        let reader = AccountKeys::draw(&mut Counting(1));
        for plain in [&b""[..], &[0, 0, 0], &[0, 0, 0, 9, 1], &[0xff; 512], &[0; 1_024]] {
            let sealed = hazmat::encrypt(plain, &[reader.age_pub()], &mut Counting(3)).unwrap();
            let (id, branch) = (EnvelopeId([1; 16]), BranchId([2; 16]));
            let envelope = Envelope { id, branch, sealed };
            assert_eq!(
                envelope.open(reader.age_secret()),
                Err(AgeFault::Damaged),
                "{} bytes",
                plain.len()
            );
        }
    }

    #[test]
    fn an_empty_parcel_one_of_two_branches_and_one_with_too_much_are_damaged() {
        let of = |n: u8, sealed: usize| Envelope {
            id: EnvelopeId([n; 16]),
            branch: BranchId([n; 16]),
            sealed: vec![0; sealed],
        };
        let parcel = |envelopes| Parcel::going(ParcelId([1; 16]), BranchId([1; 16]), 1, envelopes).encode();
        assert!(Parcel::decode(&parcel(vec![of(1, 9)])).is_ok());
        for envelopes in [
            vec![],
            vec![of(1, 9), of(2, 9)],
            vec![of(1, MAX_SEALED + 1)],
            vec![of(1, 9); 33],
        ] {
            assert_eq!(Parcel::decode(&parcel(envelopes)), Err(FileFault::Damaged));
        }
    }

    #[test]
    fn what_became_of_an_envelope_is_told_apart() {
        let envelope = Envelope {
            id: EnvelopeId([1; 16]),
            branch: BranchId([2; 16]),
            sealed: vec![3; 40],
        };
        let problem = Problem {
            code: "bad_envelope".to_owned(),
            server_time: 5,
            retry_after: None,
        };
        for back in [Some(Back::Answer(envelope)), Some(Back::Problem(problem)), None] {
            let carried = Carried { back };
            assert_eq!(shape::whole(&shape::encode(&carried)), Ok(carried));
        }
    }
}
