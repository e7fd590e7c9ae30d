//! A dossier file (`ly-lich-dossier/1`) as it is read, of whatever format: name, day, settings, and the answers as they stand in it.

use super::dossier::fault;
use super::sheet::Name;
use super::{DossierFault, Sheet, Tree};
use crate::date::Date;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A dossier file.
#[derive(Debug, Clone, PartialEq)]
pub struct Filed<'t> {
    /// Name of the dossier; empty when the file has none.
    pub id: String,
    /// Title, for people.
    pub title: String,
    /// Day to which the checks refer; `None` when the file does not say.
    pub act_date: Option<Date>,
    /// Settings of the chi bộ ([`crate::Settings::read`] reads them).
    pub settings: Tree<'t>,
    /// The answers.
    pub answers: Sheet<'t>,
}

impl<'t> Filed<'t> {
    /// Reads a dossier file.
    ///
    /// # Errors
    /// Outside, what the format finds; inside, [`DossierFault`] with the path when the file is not a dossier or a known entry has the wrong shape. The
    /// maker of the file mends it.
    pub fn read<D: Deserializer<'t>>(from: D) -> Result<Result<Filed<'t>, DossierFault>, D::Error> {
        let members = from.deserialize_any(Top)?;
        Ok(members.map_or_else(|| fault("(gốc)", "cần một đối tượng JSON { … }"), Parts::checked))
    }
}

/// The members of a file; of two with the same name the later one counts.
#[derive(Default)]
struct Parts<'t> {
    schema: Option<Tree<'t>>,
    id: Tree<'t>,
    title: Tree<'t>,
    act_date: Tree<'t>,
    settings: Tree<'t>,
    entries: Option<(Sheet<'t>, Option<DossierFault>)>,
}

impl<'t> Parts<'t> {
    fn checked(self) -> Result<Filed<'t>, DossierFault> {
        if self
            .schema
            .is_some_and(|schema| schema.text() != Some("ly-lich-dossier/1"))
        {
            return fault("schema", "cần “ly-lich-dossier/1”");
        }
        let act_date = match &self.act_date {
            Tree::Blank => None,
            value => match value.text().and_then(Date::from_iso) {
                Some(date) => Some(date),
                None => return fault("act_date", "cần một ngày có thật dạng YYYY-MM-DD"),
            },
        };
        let text = |value: Tree<'t>| match value {
            Tree::Text(text) => text.into_owned(),
            _ => String::new(),
        };
        match self.entries {
            None => fault("entries", "chưa có phần này"),
            Some((_, Some(fault))) => Err(fault),
            Some((answers, None)) => Ok(Filed {
                id: text(self.id),
                title: text(self.title),
                act_date,
                settings: self.settings,
                answers,
            }),
        }
    }
}

/// Reads the file as a whole; `None` when it is no object.
struct Top;

impl<'t> Visitor<'t> for Top {
    type Value = Option<Parts<'t>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a dossier file")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        while from.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'t>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        let mut parts = Parts::default();
        while let Some(Name(key)) = from.next_key()? {
            match &*key {
                "schema" => parts.schema = Some(from.next_value()?),
                "id" => parts.id = from.next_value()?,
                "title" => parts.title = from.next_value()?,
                "act_date" => parts.act_date = from.next_value()?,
                "settings" => parts.settings = from.next_value()?,
                "entries" => parts.entries = Some(from.next_value_seed(Entries)?),
                _ => {
                    from.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Some(parts))
    }
}

struct Entries;

impl<'t> DeserializeSeed<'t> for Entries {
    type Value = (Sheet<'t>, Option<DossierFault>);

    fn deserialize<D: Deserializer<'t>>(self, from: D) -> Result<Self::Value, D::Error> {
        Sheet::read(from)
    }
}
