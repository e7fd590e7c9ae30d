//! Answers of one line: free text, a year, a number, and a year that may be "nay".

use rules::form::{Field, Kind};

use super::{date, entry, entry::Look, frame, live, long_text, spot};
use crate::{
    el::{Piece, View, el},
    text::form as words,
};

/// Text, a number, or a date of which the year suffices. In rows people write half sentences, so there the line grows.
pub fn view(field: &'static Field, path: String) -> View {
    if field.kind == Kind::Text && path.contains('/') {
        return long_text::line(&path, frame::described_by(field, &path));
    }
    let look = match field.kind {
        Kind::PartialDate | Kind::Number => Look {
            numeric: true,
            class: "short",
        },
        _ => Look::default(),
    };
    let described_by = frame::described_by(field, &path);
    entry::whole(path, described_by, look)
}

/// A year, or "đến nay".
pub fn year_or_now(field: &'static Field, path: String) -> View {
    let (now, tick) = date::now_tick(field, &path);
    let year = live::live_if(move || {
        let (id, said) = (spot::part_id(&path, "year"), frame::described_by(field, &path));
        (!now.get()).then(|| {
            entry::part(
                words::YEAR.to_owned(),
                &path,
                id,
                said,
                Look {
                    numeric: true,
                    class: "short",
                },
            )
        })
    });
    el("div").class("date").child(year).child(tick).piece()
}
