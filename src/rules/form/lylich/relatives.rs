//! Item 21: the relatives. The fields of a person and the relations stand in `form::family`.

use super::super::{Field, Item, Kind, PERSON, Section};

pub(super) const FAMILY: Section = Section {
    slug: "gia-dinh",
    title: "Gia đình",
    intro: "Khai từng người, kể cả người đã mất. Ứng dụng gợi ý những người thường phải khai; chưa biết thì để sau.",
    items: &[
        Item::new("21", "Hoàn cảnh gia đình", "12-24", 260, FIELDS)
            .note("13 pages for the whole family in the central layout: a real limit. Local prints head it \"I. GIA ĐÌNH BẢN THÂN\"."),
    ],
};

static FIELDS: &[Field] = &[Field::new("family", "Hoàn cảnh gia đình", Kind::Persons)
    .hint("Khai từng người thân, kể cả người đã mất. Số người không giới hạn.")
    .example("(xem phần Family)")
    .must()
    .mask()
    .columns(PERSON)];
