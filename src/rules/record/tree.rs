//! A nested file as a tree of texts: what a dossier file, its settings and a file of test vectors are made of.
//!
//! It is JSON's shape without JSON: whoever reads or writes files brings the format (the command line by serde, the page by the browser), so this
//! crate carries none. Members keep their order. Invariant: a number with a fraction is kept as the text it was, for no answer is one.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;

/// A value in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Tree {
    /// Nothing is written (`null`).
    #[default]
    Blank,
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// Values one after the other.
    Rows(Vec<Tree>),
    /// Values with names.
    Group(Members),
}

/// Named values, in order. Of two with the same name the later one counts.
pub type Members = Vec<(String, Tree)>;

impl Tree {
    /// The value with this name in a group; `None` when there is none, or no group.
    pub fn member(&self, name: &str) -> Option<&Tree> {
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
    pub fn rows(&self) -> Option<&[Tree]> {
        match self {
            Tree::Rows(rows) => Some(rows),
            _ => None,
        }
    }

    /// The named values; `None` for any other shape.
    pub fn members(&self) -> Option<&[(String, Tree)]> {
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

pub(super) fn member<'m>(members: &'m [(String, Tree)], name: &str) -> Option<&'m Tree> {
    members
        .iter()
        .rev()
        .find(|(own, _)| own == name)
        .map(|(_, value)| value)
}

/// Writes a named value; one that is there already is replaced at its place.
pub(super) fn put(members: &mut Members, name: &str, value: Tree) {
    match members.iter_mut().find(|(own, _)| own == name) {
        Some((_, held)) => *held = value,
        None => members.push((name.to_string(), value)),
    }
}

impl From<&str> for Tree {
    fn from(text: &str) -> Tree {
        Tree::Text(text.to_string())
    }
}

impl Serialize for Tree {
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

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Tree, D::Error> {
        from.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a dossier file")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Blank)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Blank)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Tree, D::Error> {
        Tree::deserialize(from)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Tree, E> {
        Ok(Tree::Flag(yes))
    }

    fn visit_i64<E>(self, n: i64) -> Result<Tree, E> {
        Ok(Tree::Number(n))
    }

    fn visit_u64<E>(self, n: u64) -> Result<Tree, E> {
        Ok(i64::try_from(n).map_or_else(|_| Tree::Text(n.to_string()), Tree::Number))
    }

    fn visit_f64<E>(self, n: f64) -> Result<Tree, E> {
        Ok(Tree::Text(format!("{n:?}")))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::from(text))
    }

    fn visit_string<E>(self, text: String) -> Result<Tree, E> {
        Ok(Tree::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Tree, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = from.next_element()? {
            rows.push(row);
        }
        Ok(Tree::Rows(rows))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Tree, A::Error> {
        let mut members = Members::new();
        while let Some(member) = from.next_entry()? {
            members.push(member);
        }
        Ok(Tree::Group(members))
    }
}
