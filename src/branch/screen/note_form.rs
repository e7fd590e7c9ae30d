//! The mentor's note, drawn with the machinery of the form: all sections on one page.
//!
//! Sending, correcting and removing a note is `note`; what is asked is `rules::form::note`.

use app::{
    desk::desk,
    el::{View, el, pieces},
    form::{self, Aim, Veil},
};
use leptos::prelude::*;

/// The fields of the note on the desk.
pub fn note_form() -> View {
    let desk = desk();
    provide_context(Veil::drawn());
    provide_context(Aim(None));
    let sections = desk.form().sections.iter().map(|section| {
        let title_id = format!("part-{}", section.slug);
        el("section")
            .class("note__part")
            .attr("aria-labelledby", title_id.clone())
            .child(el("h2").id(title_id).child(section.title))
            .child(el("p").class("section__intro").child(section.intro))
            .child(form::fields(section))
    });
    pieces![el("h1").child(desk.form().title), sections.collect::<Vec<_>>()]
}
