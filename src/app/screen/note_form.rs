//! The mentor's note, drawn with the machinery of the form: all sections on one page.
//!
//! Sending, correcting and removing a note is `note`; what is asked is `rules::form::note`.

use leptos::prelude::*;

use crate::{
    desk::desk,
    form::{self, Aim, Veil},
};

/// The fields of the note on the desk.
#[component]
pub fn NoteForm() -> impl IntoView {
    let desk = desk();
    provide_context(Veil::drawn());
    provide_context(Aim(None));
    let sections = desk.form().sections.iter().map(|section| {
        let title_id = format!("part-{}", section.slug);
        view! {
            <section class="note__part" aria-labelledby=title_id>
                <h2 id=title_id.clone()>{section.title}</h2>
                <p class="section__intro">{section.intro}</p>
                {form::fields(section)}
            </section>
        }
    });
    view! {
        <h1>{desk.form().title}</h1>
        {sections.collect::<Vec<_>>()}
    }
}
