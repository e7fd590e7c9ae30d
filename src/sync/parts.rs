//! Reading a struct part by part, for maps and arrays alike.
//!
//! Where each part begins is found once, by the same program for all shapes; then each field is read at its place. The codec's own derive
//! writes a loop for every struct instead, one to six kilobytes each. Invariant: the rules are the derive's: keys in any
//! order, the last of two equal ones counts, unknown ones are skipped, an absent value of an optional field is none, anything else
//! absent or not understood is a fault. Not here: entry points (`shape`), the way back, which is derived.

use crate::{Fields, content};
use minicbor::decode::{Decode, Decoder, Error};

/// No struct has a greater key.
const MOST: usize = 27;

/// A struct whose parts have been found.
#[derive(Debug)]
pub struct Parts<'b> {
    bytes: &'b [u8],
    /// Where the part with this number begins; 0 when there is none, because the struct's own head stands before every part.
    starts: [usize; MOST],
}

impl<'b> Parts<'b> {
    /// Of a map with integer keys; reads to its end.
    ///
    /// # Errors
    /// The codec's, when the bytes are no such map.
    pub fn of_map(d: &mut Decoder<'b>) -> Result<Self, Error> {
        let entries = d.map()?;
        Self::found(d, entries, true)
    }

    /// Of an array, whose places are the numbers; reads to its end.
    ///
    /// # Errors
    /// The codec's, when the bytes are no array.
    pub fn of_array(d: &mut Decoder<'b>) -> Result<Self, Error> {
        let entries = d.array()?;
        Self::found(d, entries, false)
    }

    /// `entries`: `None` when a break ends them.
    fn found(d: &mut Decoder<'b>, entries: Option<u64>, has_keys: bool) -> Result<Self, Error> {
        let mut starts = [0; MOST];
        let mut place = 0;
        while entries.is_none_or(|many| place < many) {
            if entries.is_none() && d.datatype()? == minicbor::data::Type::Break {
                d.skip()?;
                break;
            }
            let key = if has_keys { d.i64()? } else { place as i64 };
            if let Some(start) = usize::try_from(key).ok().and_then(|key| starts.get_mut(key)) {
                *start = d.position();
            }
            d.skip()?;
            place += 1;
        }
        Ok(Self {
            bytes: d.input(),
            starts,
        })
    }

    /// The part with this number, read by `read`; `nil` when it is absent.
    ///
    /// # Errors
    /// The codec's, when the part is not of its shape, or absent without a `nil`.
    pub fn part<T>(
        &self,
        number: usize,
        read: impl FnOnce(&mut Decoder<'b>, &mut ()) -> Result<T, Error>,
        nil: impl FnOnce() -> Option<T>,
    ) -> Result<T, Error> {
        let mut d = Decoder::new(self.bytes);
        match self.starts.get(number) {
            None | Some(0) => nil().ok_or_else(|| Error::missing_value(number as i64)),
            Some(start) => {
                d.set_position(*start);
                read(&mut d, &mut ())
            }
        }
    }

    /// The part with this number, by the codec of its type.
    ///
    /// # Errors
    /// As [`Parts::part`].
    pub fn take<T: Decode<'b, ()>>(&self, number: usize) -> Result<T, Error> {
        self.part(number, T::decode, T::nil)
    }

    /// The byte string with this number.
    ///
    /// # Errors
    /// As [`Parts::part`].
    pub fn bytes<T: minicbor::bytes::DecodeBytes<'b, ()>>(&self, number: usize) -> Result<T, Error> {
        self.part(number, T::decode_bytes, T::nil)
    }

    /// The answers with this number.
    pub(crate) fn answers(&self, number: usize) -> Result<Fields, Error> {
        self.part(number, content::decode, || None)
    }

    /// The part with this number, or the type's default when it is absent.
    pub(crate) fn or_default<T: Decode<'b, ()> + Default>(&self, number: usize) -> Result<T, Error> {
        self.part(number, T::decode, || Some(T::default()))
    }
}

/// A struct that is a CBOR map: its numbers stand at its fields (`#[n(1)]`), as the codec's derive wants them.
#[macro_export]
macro_rules! map_shape {
    ($(#[$of:meta])* $sees:vis struct $name:ident { $($fields:tt)* }) => {
        $(#[$of])*
        #[cbor(map)]
        $sees struct $name { $($fields)* }
        $crate::parts_of!($name of_map [] $($fields)*);
    };
}

/// A struct that is a CBOR array; otherwise as [`map_shape!`].
#[macro_export]
macro_rules! array_shape {
    ($(#[$of:meta])* $sees:vis struct $name:ident { $($fields:tt)* }) => {
        $(#[$of])*
        $sees struct $name { $($fields)* }
        $crate::parts_of!($name of_array [] $($fields)*);
    };
}

/// Goes through the fields one by one, then writes the reader.
#[doc(hidden)]
#[macro_export]
macro_rules! parts_of {
    ($name:ident $of:ident [$($done:tt)*] #[doc = $text:literal] $($rest:tt)*) => {
        $crate::parts_of!($name $of [$($done)*] $($rest)*);
    };
    ($name:ident $of:ident [$($done:tt)*] #[n($n:literal)] $sees:vis $field:ident: $type:ty, $($rest:tt)*) => {
        $crate::parts_of!($name $of [$($done)* $field (take $n)] $($rest)*);
    };
    ($name:ident $of:ident [$($done:tt)*] #[cbor(n($n:literal), with = "minicbor::bytes")] $sees:vis $field:ident: $type:ty, $($rest:tt)*) => {
        $crate::parts_of!($name $of [$($done)* $field (bytes $n)] $($rest)*);
    };
    ($name:ident $of:ident [$($done:tt)*] #[cbor(n($n:literal), with = "crate::content")] $sees:vis $field:ident: $type:ty, $($rest:tt)*) => {
        $crate::parts_of!($name $of [$($done)* $field (answers $n)] $($rest)*);
    };
    ($name:ident $of:ident [$($done:tt)*] #[cbor(n($n:literal), default)] $sees:vis $field:ident: $type:ty, $($rest:tt)*) => {
        $crate::parts_of!($name $of [$($done)* $field (or_default $n)] $($rest)*);
    };
    ($name:ident $of:ident [$($field:ident ($take:ident $n:literal))*]) => {
        impl<'b> ::minicbor::Decode<'b, ()> for $name {
            fn decode(d: &mut ::minicbor::Decoder<'b>, _: &mut ()) -> Result<Self, ::minicbor::decode::Error> {
                let parts = $crate::parts::Parts::$of(d)?;
                Ok(Self { $($field: parts.$take($n)?),* })
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::shape::{encode, whole};
    use minicbor::{Decode, Encode};
    use proptest::prelude::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
    #[cbor(index_only)]
    enum Colour {
        #[n(1)]
        Red,
        #[n(2)]
        Green,
    }

    /// The same fields twice, read by the codec's derive and by the parts.
    macro_rules! both_ways {
        ($own:ident $derived:ident $shape:ident $(#[$map:meta])? { $($fields:tt)* }) => {
            crate::$shape! {
                #[derive(Debug, PartialEq, Encode)]
                struct $own { $($fields)* }
            }

            #[derive(Debug, PartialEq, Encode, Decode)]
            $(#[$map])?
            struct $derived { $($fields)* }
        };
    }

    both_ways!(OwnMap DerivedMap map_shape #[cbor(map)] {
        #[n(1)]
        a: u64,
        #[n(2)]
        colour: Option<Colour>,
        #[cbor(n(3), with = "minicbor::bytes")]
        bytes: Option<Vec<u8>>,
        #[n(5)]
        list: Vec<String>,
    });

    both_ways!(OwnArray DerivedArray array_shape {
        #[n(0)]
        a: u64,
        #[n(1)]
        colour: Option<Colour>,
        #[cbor(n(3), with = "minicbor::bytes")]
        bytes: Vec<u8>,
    });

    #[test]
    fn unknown_absent_repeated_and_null_parts_are_read_as_the_derive_reads_them() {
        let cases: [(&str, &[u8]); 12] = [
            ("keys in another order", &[0xa2, 0x05, 0x80, 0x01, 0x07]),
            (
                "an unknown key",
                &[0xa3, 0x01, 0x07, 0x09, 0xa1, 0x01, 0x01, 0x05, 0x80],
            ),
            (
                "a negative and a huge key",
                &[0xa4, 0x01, 0x07, 0x20, 0x00, 0x19, 0xff, 0xff, 0x00, 0x05, 0x80],
            ),
            ("null for none", &[0xa3, 0x01, 0x07, 0x02, 0xf6, 0x05, 0x80]),
            ("an unknown colour", &[0xa3, 0x01, 0x07, 0x02, 0x09, 0x05, 0x80]),
            ("the same key twice", &[0xa3, 0x01, 0x07, 0x01, 0x08, 0x05, 0x80]),
            ("no end said", &[0xbf, 0x01, 0x07, 0x05, 0x80, 0xff]),
            ("one that must be there is not", &[0xa1, 0x05, 0x80]),
            ("a text for a number", &[0xa2, 0x01, 0x61, b'a', 0x05, 0x80]),
            ("a text for a key", &[0xa2, 0x61, b'a', 0x01, 0x05, 0x80]),
            ("an array", &[0x82, 0x01, 0x80]),
            ("cut off", &[0xa2, 0x01, 0x07, 0x05]),
        ];
        let mut read = 0;
        for (name, bytes) in cases {
            let (own, derived) = (whole::<OwnMap>(bytes), whole::<DerivedMap>(bytes));
            assert_eq!(
                format!("{own:?}").replace("Own", "Derived"),
                format!("{derived:?}"),
                "{name}"
            );
            read += usize::from(own.is_ok());
        }
        assert_eq!(read, 6);
    }

    proptest! {
        #![proptest_config(crate::seal::tests::cases(512))]

        #[test]
        fn what_the_derive_reads_is_read_alike(
            a: u64, red: Option<bool>, bytes in proptest::option::of(proptest::collection::vec(any::<u8>(), 0..5)),
            at in 0..20_usize, put: u8,
        ) {
            let colour = red.map(|red| if red { Colour::Red } else { Colour::Green });
            let map = encode(&DerivedMap { a, colour, bytes: bytes.clone(), list: vec!["ă".into(), String::new()] });
            let array = encode(&DerivedArray { a, colour, bytes: bytes.unwrap_or_default() });
            prop_assert_eq!(encode(&whole::<OwnMap>(&map).unwrap()), &map[..]);
            prop_assert_eq!(encode(&whole::<OwnArray>(&array).unwrap()), &array[..]);
            for mut bytes in [map, array] {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = put;
                }
                if let Ok(derived) = whole::<DerivedMap>(&bytes) {
                    prop_assert_eq!(encode(&whole::<OwnMap>(&bytes).unwrap()), encode(&derived));
                }
                if let Ok(derived) = whole::<DerivedArray>(&bytes) {
                    prop_assert_eq!(encode(&whole::<OwnArray>(&bytes).unwrap()), encode(&derived));
                }
                let _ = (whole::<OwnMap>(&bytes), whole::<OwnArray>(&bytes));
            }
        }

        #[test]
        fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = (whole::<OwnMap>(&bytes), whole::<OwnArray>(&bytes));
        }
    }
}
