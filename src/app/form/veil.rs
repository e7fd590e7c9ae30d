//! What others must not read over one's shoulder (items 16, 20, 21) is covered until it is tapped, on each visit of the page.
//!
//! Invariant: a field that is empty when it is drawn is never covered, so nothing is covered while it is being typed.

use leptos::prelude::*;
use rules::form::Field;

use super::{live, spot};
use crate::{
    desk::desk,
    el::{Piece, View, button},
    held::Held,
    text::form as words,
};

/// Whether the answers of this page are uncovered; provided by the page.
#[derive(Clone, Copy)]
pub struct Veil(Held<bool>);

impl Veil {
    /// Everything covered.
    pub fn drawn() -> Self {
        Self(Held::new(false))
    }

    /// A button that covers everything again, once something was uncovered.
    pub fn button(self) -> View {
        live::live_if(move || {
            self.0.get().then(|| {
                button("btn")
                    .on("click", move |_| self.0.set(false))
                    .child(words::VEIL_AGAIN)
            })
        })
    }
}

/// The control, covered if the field is masked and something is written in it.
pub fn over(field: &'static Field, path: &str, control: fn(&'static Field, String) -> View) -> View {
    let veil = use_context::<Veil>().filter(|_| field.masked);
    let Some(veil) = veil else {
        return control(field, path.to_owned());
    };
    let (desk, path) = (desk(), path.to_owned());
    live::live(move || {
        if veil.0.get() || desk.with(|record| record.is_blank(&path)) {
            return control(field, path.clone());
        }
        let (id, label_id) = (spot::part_id(&path, "veil"), spot::part_id(&path, "label"));
        let (names, target) = (format!("{label_id} {id}"), path.clone());
        button("btn veil")
            .id(id)
            .attr("aria-labelledby", names)
            .on("click", move |_| {
                veil.0.set(true);
                spot::reveal(target.clone());
            })
            .child(words::VEIL)
            .piece()
    })
}
