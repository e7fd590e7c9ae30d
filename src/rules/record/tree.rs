//! A nested file as a tree of texts: what a dossier file, its settings and a file of test vectors are made of.
//!
//! It is JSON's shape without JSON: whoever reads or writes files brings the format (the command line by serde, the page by the browser), so this
//! crate carries none. Members keep their order; texts are borrowed from the file where they stand in it as they are, so that a file of many
//! dossiers costs no copy of each word. Invariant: a number with a fraction is kept as the text it was, for no answer is one.

use serde::de::{Deserialize, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor, value};
use serde::forward_to_deserialize_any;
use serde::ser::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// A value in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Tree<'a> {
    /// Nothing is written (`null`).
    #[default]
    Blank,
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(Cow<'a, str>),
    /// Values one after the other.
    Rows(Vec<Tree<'a>>),
    /// Values with names.
    Group(Members<'a>),
}

/// Named values, in order. Of two with the same name the later one counts.
pub type Members<'a> = Vec<(Cow<'a, str>, Tree<'a>)>;

impl<'a> Tree<'a> {
    /// The value with this name in a group; `None` when there is none, or no group.
    pub fn member(&self, name: &str) -> Option<&Tree<'a>> {
        member(self.members()?, name)
    }

    /// The text; `None` for any other shape.
    pub fn text(&self) -> Option<&str> {
        match self {
            Tree::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number; `None` for any other shape.
    pub fn number(&self) -> Option<i64> {
        match self {
            Tree::Number(n) => Some(*n),
            _ => None,
        }
    }

    /// The rows; `None` for any other shape.
    pub fn rows(&self) -> Option<&[Tree<'a>]> {
        match self {
            Tree::Rows(rows) => Some(rows),
            _ => None,
        }
    }

    /// The named values; `None` for any other shape.
    pub fn members(&self) -> Option<&[(Cow<'a, str>, Tree<'a>)]> {
        match self {
            Tree::Group(members) => Some(members),
            _ => None,
        }
    }

    /// Whether it is nothing or an empty text.
    pub fn is_blank(&self) -> bool {
        matches!(self, Tree::Blank) || self.text() == Some("")
    }
}

pub(super) fn member<'m, 'a>(members: &'m [(Cow<'a, str>, Tree<'a>)], name: &str) -> Option<&'m Tree<'a>> {
    members
        .iter()
        .rev()
        .find(|(own, _)| own == name)
        .map(|(_, value)| value)
}

/// Writes a named value; one that is there already is replaced at its place.
pub(super) fn put(members: &mut Members<'static>, name: &str, value: Tree<'static>) {
    match members.iter_mut().find(|(own, _)| own == name) {
        Some((_, held)) => *held = value,
        None => members.push((name.to_string().into(), value)),
    }
}

impl<'a> From<&'a str> for Tree<'a> {
    fn from(text: &'a str) -> Tree<'a> {
        Tree::Text(text.into())
    }
}

impl From<String> for Tree<'_> {
    fn from(text: String) -> Self {
        Tree::Text(text.into())
    }
}

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Tree::Blank => to.serialize_unit(),
            Tree::Flag(yes) => to.serialize_bool(*yes),
            Tree::Number(n) => to.serialize_i64(*n),
            Tree::Text(text) => to.serialize_str(text),
            Tree::Rows(rows) => to.collect_seq(rows),
            Tree::Group(members) => to.collect_map(members.iter().map(|(name, value)| (name, value))),
        }
    }
}

impl<'de> Deserialize<'de> for Tree<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader)
    }
}

/// A tree can be read like a file.
impl<'de> Deserializer<'de> for &'de Tree<'_> {
    type Error = value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, to: V) -> Result<V::Value, value::Error> {
        match self {
            Tree::Blank => to.visit_unit(),
            Tree::Flag(yes) => to.visit_bool(*yes),
            Tree::Number(n) => to.visit_i64(*n),
            Tree::Text(text) => to.visit_borrowed_str(text),
            Tree::Rows(rows) => to.visit_seq(value::SeqDeserializer::new(rows.iter())),
            Tree::Group(members) => to.visit_map(value::MapDeserializer::new(
                members
                    .iter()
                    .map(|(name, value)| (value::BorrowedStrDeserializer::new(name), value)),
            )),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de> for &'de Tree<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Tree<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a dossier file")
    }

    fn visit_unit<E>(self) -> Result<Tree<'de>, E> {
        Ok(Tree::Blank)
    }

    fn visit_none<E>(self) -> Result<Tree<'de>, E> {
        Ok(Tree::Blank)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Tree<'de>, E> {
        Ok(Tree::Flag(yes))
    }

    fn visit_i64<E>(self, n: i64) -> Result<Tree<'de>, E> {
        Ok(Tree::Number(n))
    }

    fn visit_u64<E>(self, n: u64) -> Result<Tree<'de>, E> {
        Ok(i64::try_from(n).map_or_else(|_| n.to_string().into(), Tree::Number))
    }

    fn visit_f64<E>(self, n: f64) -> Result<Tree<'de>, E> {
        Ok(format!("{n:?}").into())
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Tree<'de>, E> {
        Ok(text.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree<'de>, E> {
        Ok(text.to_string().into())
    }

    fn visit_string<E>(self, text: String) -> Result<Tree<'de>, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Tree<'de>, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = from.next_element()? {
            rows.push(row);
        }
        Ok(Tree::Rows(rows))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Tree<'de>, A::Error> {
        let mut members = Members::new();
        // a name is read as a value, which borrows it where it can
        while let Some((name, value)) = from.next_entry()? {
            if let Tree::Text(name) = name {
                members.push((name, value));
            }
        }
        Ok(Tree::Group(members))
    }
}
