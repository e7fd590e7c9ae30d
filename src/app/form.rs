//! Drawing a form from its catalogue: one function that draws any field, with one branch on its kind.
//!
//! A control is `fn(field, path) -> View`, one file a control; label, hint, example and messages are tied to it in `frame`, and
//! nowhere else. No control keeps an answer: what is typed goes to the desk and is read back from it. Not here: what is asked and
//! when (`rules::form`), saving (`session`), the sentences (`text::form`).

mod boxes;
mod choice;
mod date;
mod deck;
mod entry;
mod family;
mod frame;
mod items;
mod line;
mod live;
mod long_text;
mod paper;
mod person;
mod place;
mod rows;
mod spot;
mod suggest;
#[cfg(test)]
mod tests;
mod undo;
mod upper_text;
mod veil;
mod whereabouts;
mod yes_no;

use leptos::prelude::*;
use rules::form::{Field, Kind, When};

pub use frame::{Beside, tone};
pub use items::{fields, items};
pub use live::{each, flag, live, live_if, read_only};
pub use long_text::area;
pub use spot::{focus, id, part_id, reveal, top};
pub use undo::Undo;
pub use veil::Veil;
pub use whereabouts::{home, name as place_name};

use crate::{
    desk::desk,
    el::{Piece, View, el},
    held::{Held, derived},
};
use frame::Shape;

/// The place that a link of the review page leads to; provided by the page, so that the card it lies in is opened.
#[derive(Clone)]
pub struct Aim(pub Option<String>);

impl Aim {
    /// The row of a group that the place lies in.
    fn row_in(&self, group: &str) -> Option<String> {
        let rest = self.0.as_deref()?.strip_prefix(group)?.strip_prefix('/')?;
        rest.split('/').next().map(str::to_owned)
    }
}

/// Any field, whether asked or not.
pub fn field_view(field: &'static Field, path: String) -> View {
    let (shape, control): (Shape, fn(&'static Field, String) -> View) = match field.kind {
        Kind::Text | Kind::PartialDate | Kind::Number => (Shape::Single, line::view),
        Kind::UpperText => (Shape::Single, upper_text::view),
        Kind::LongText => (Shape::Single, long_text::view),
        Kind::PartialDateOrNay => (Shape::Group, line::year_or_now),
        Kind::FullDate | Kind::MonthYear | Kind::MonthYearOrNay => (Shape::Group, date::view),
        Kind::Choice => (choice::shape(field, &path), choice::view),
        Kind::ChoiceOrText => (Shape::Single, suggest::view),
        Kind::Place | Kind::PlaceWithOldName | Kind::PartyPlace => (Shape::Group, place::view),
        Kind::YesNoDetail => (Shape::Group, yes_no::view),
        Kind::ListText => (Shape::Group, rows::lines),
        Kind::Rows | Kind::PeriodRows | Kind::YearRows => (Shape::Rows, rows::view),
        Kind::Object => (Shape::Rows, members),
        // The cards of the family are summaries; what is masked in them is masked field by field.
        Kind::Persons => return frame::draw(field, &path, Shape::Rows, family::view(field, path.clone())),
        Kind::FixedText | Kind::Locked | Kind::PaperOnly => (Shape::Plain, paper::view),
    };
    frame::draw(field, &path, shape, veil::over(field, &path, control))
}

/// A field as long as it is asked. A hidden answer is kept, and the page says so.
pub fn field_if_asked(field: &'static Field, path: String) -> View {
    if matches!(field.asked, When::Always) {
        return field_view(field, path);
    }
    let desk = desk();
    let row = frame::row_of(field, &path).map(str::to_owned);
    let asked = derived(move || {
        desk.conditions().track();
        desk.with(|record| field.is_asked(record, row.as_deref()))
    });
    let looked_at = Held::new(false);
    live::live_if(move || {
        if asked.get() || looked_at.get() {
            Some(field_view(field, path.clone()))
        } else {
            let blank = desk.with(|record| record.is_blank(&path));
            (!blank).then(|| frame::kept(field, &path, looked_at))
        }
    })
}

/// The members of a small object; their slugs are relative to the row that the object stands in.
fn members(field: &'static Field, path: String) -> View {
    let row = frame::row_of(field, &path).map_or(String::new(), |row| format!("{row}/"));
    let members = field
        .columns
        .iter()
        .map(|member| field_if_asked(member, format!("{row}{}", member.slug)));
    el("div").class("fields").child(members.collect::<Vec<_>>()).piece()
}
