//! Answers on the wire and in the vault: a tree of CBOR maps by path segments.
//!
//! Invariant: any set of paths and texts comes back exactly, unknown ones too, so an old phone cannot strip new fields. A leaf is a
//! text; a path that is also the beginning of others keeps its own text under the key 0. Not here: what a path means.

use crate::Fields;
use crate::shape::BadShape;
use minicbor::data::Type;
use minicbor::decode::{Decoder, Error as DecodeError};
use minicbor::encode::{Encoder, Error as EncodeError, Write};

/// Maps nest at most this deep; deeper paths keep their rest, slashes included, in the last segment.
const DEPTH: usize = 8;
/// No dossier has more paths (a vault refuses earlier).
const MAX_PATHS: usize = 20_000;

#[derive(Default)]
struct Node<'a> {
    own: Option<&'a str>,
    /// By segment, in order.
    below: Vec<(&'a str, Node<'a>)>,
}

impl<'a> Node<'a> {
    fn child(&mut self, segment: &'a str) -> &mut Self {
        let at = self.below.partition_point(|(known, _)| *known < segment);
        if self.below.get(at).is_none_or(|(known, _)| *known != segment) {
            self.below.insert(at, (segment, Node::default()));
        }
        match self.below.get_mut(at) {
            Some((_, child)) => child,
            None => unreachable!("it was put there"),
        }
    }
}

fn grow(fields: &Fields) -> Node<'_> {
    let mut root = Node::default();
    for (path, text) in fields {
        let mut node = &mut root;
        for segment in path.splitn(DEPTH, '/') {
            node = node.child(segment);
        }
        node.own = Some(text);
    }
    root
}

fn write<W: Write>(node: &Node<'_>, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
    if let (Some(text), true) = (node.own, node.below.is_empty()) {
        return e.str(text)?.ok();
    }
    e.map(node.below.len() as u64 + u64::from(node.own.is_some()))?;
    if let Some(text) = node.own {
        e.u8(0)?.str(text)?;
    }
    for (segment, below) in &node.below {
        e.str(segment)?;
        write(below, e)?;
    }
    Ok(())
}

fn read(d: &mut Decoder<'_>, path: &str, left: usize, out: &mut Fields) -> Result<(), DecodeError> {
    let too_much = || DecodeError::message("too deep or too many");
    if d.datatype()? != Type::Map {
        out.insert(path.to_owned(), d.str()?.to_owned());
        return if out.len() > MAX_PATHS { Err(too_much()) } else { Ok(()) };
    }
    let entries = d.map()?.ok_or_else(too_much)?;
    for _ in 0..entries {
        if d.datatype()? == Type::U8 {
            let (0, text) = (d.u8()?, d.str()?) else {
                return Err(DecodeError::message("unknown key"));
            };
            out.insert(path.to_owned(), text.to_owned());
            continue;
        }
        let segment = d.str()?;
        let deeper = if left == DEPTH {
            segment.to_owned()
        } else {
            format!("{path}/{segment}")
        };
        read(d, &deeper, left.checked_sub(1).ok_or_else(too_much)?, out)?;
    }
    Ok(())
}

/// Codec for a field that holds answers: `#[cbor(with = "crate::content")]`.
pub fn encode<C, W: Write>(fields: &Fields, e: &mut Encoder<W>, _: &mut C) -> Result<(), EncodeError<W::Error>> {
    write(&grow(fields), e)
}

/// The way back of [`encode`].
pub fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Fields, DecodeError> {
    if d.datatype()? != Type::Map {
        return Err(DecodeError::message("content is a map"));
    }
    let mut out = Fields::new();
    read(d, "", DEPTH, &mut out)?;
    Ok(out)
}

/// The tree alone, as bytes.
pub fn to_bytes(fields: &Fields) -> Vec<u8> {
    let mut e = Encoder::new(Vec::new());
    // Writing into memory cannot fail.
    let _ = write(&grow(fields), &mut e);
    e.into_writer()
}

/// The way back of [`to_bytes`].
pub fn from_bytes(bytes: &[u8]) -> Result<Fields, BadShape> {
    let mut d = Decoder::new(bytes);
    let fields = decode(&mut d, &mut ())?;
    if d.position() == bytes.len() {
        Ok(fields)
    } else {
        Err(BadShape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs
            .iter()
            .map(|(path, text)| (path.to_string(), text.to_string()))
            .collect()
    }

    #[test]
    fn rows_share_their_path() {
        let two = fields(&[
            ("life_history/3fa2c1d0/from", "9/2014"),
            ("life_history/3fa2c1d0/to", "5/2019"),
        ]);
        let bytes = to_bytes(&two);
        assert_eq!(bytes.windows(8).filter(|piece| piece == b"3fa2c1d0").count(), 1);
        assert_eq!(from_bytes(&bytes), Ok(two));
    }

    #[test]
    fn odd_paths_come_back_exactly() {
        let odd = fields(&[
            ("", "nothing"),
            ("/", "two nothings"),
            ("a", "own"),
            ("a/", "empty below"),
            ("a/b", "below"),
            ("a//b", "hole"),
            ("1/2/3/4/5/6/7/8/9/10", "deep"),
            ("1/2/3/4/5/6/7/8", "at the limit"),
            ("blank", ""),
        ]);
        assert_eq!(from_bytes(&to_bytes(&odd)), Ok(odd));
    }

    #[test]
    fn hostile_trees_are_refused_without_harm() {
        let mut deep = [0xa1, 0x61, b'a'].repeat(10_000);
        deep.push(0xa0);
        for bytes in [
            deep,
            vec![0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            vec![0xa1, 0x00, 0x00],
            vec![0x61, b'a'],
            vec![0xbf, 0xff],
        ] {
            assert_eq!(from_bytes(&bytes), Err(BadShape));
        }
    }

    proptest! {
        #![proptest_config(crate::seal::tests::cases(256))]

        #[test]
        fn any_answers_come_back(fields in proptest::collection::btree_map("[a-c/]{0,12}", "\\PC{0,20}", 0..40)) {
            prop_assert_eq!(from_bytes(&to_bytes(&fields)), Ok(fields));
        }

        #[test]
        fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = from_bytes(&bytes);
        }
    }
}
