//! What was removed can be put back: the last removed row, said aloud, with a button.

use super::{live, spot};
use crate::{
    desk::{Desk, Removed},
    el::{Piece, View, button, el, pieces},
    held::Held,
    text::form as words,
};

/// Removed rows of one group, newest last, and the words of the live region.
#[derive(Clone, Copy)]
pub struct Undo {
    removed: Held<Vec<(Removed, String)>>,
    said: Held<String>,
}

impl Undo {
    /// Nothing removed yet.
    pub fn begun() -> Self {
        Self {
            removed: Held::new(Vec::new()),
            said: Held::new(String::new()),
        }
    }

    /// Says something to those who do not see the page change.
    pub fn say(self, text: String) {
        self.said.set(text);
    }

    /// Removes a row and moves the focus to the button that puts it back.
    pub fn remove(self, desk: Desk, group: &str, row: &str, name: String) {
        let gone = desk.remove_row(group, row);
        self.say(words::removed(&name));
        self.removed.update(|all| all.push((gone, name)));
        spot::focus(spot::part_id(group, "undo"));
    }

    /// The bar "Đã xoá … · Hoàn tác", and the live region. `after` is called with the name of a row that came back.
    pub fn view(self, desk: Desk, group: &str, after: impl Fn(&str) + Copy + 'static) -> View {
        let id = spot::part_id(group, "undo");
        let back = move |_| {
            if let Some((gone, name)) = self.removed.update(Vec::pop) {
                let row = gone.row.clone();
                desk.undo(gone);
                self.say(words::restored(&name));
                after(&row);
            }
        };
        let bar = live::live_if(move || {
            let name = self
                .removed
                .with(|all| all.last().map(|(_, name)| words::removed(name)))?;
            let id = id.clone();
            let button = button("btn").id(id).on("click", back).child(words::UNDO);
            Some(
                el("div")
                    .class("undo")
                    .child(el("span").child(name))
                    .child(button)
                    .piece(),
            )
        });
        pieces![
            el("p")
                .class("visually-hidden")
                .attr("role", "status")
                .child(live::text(move || self.said.get())),
            bar
        ]
    }
}
