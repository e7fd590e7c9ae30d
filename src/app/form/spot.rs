//! Where a place of the record is on the screen: its identifier, and the ways to bring it into view and into focus.
//!
//! Identifiers are derived from the record path, so that a label, a hint, a message and a link from the review page meet without
//! knowing each other. Focus is moved only after the page has been drawn anew.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, Node, ScrollIntoViewOptions, ScrollLogicalPosition};

const FOCUSABLE: &str = "input:not(:disabled), textarea, select, button, a[href], summary, [tabindex]";

/// The identifier of the control (or of the fieldset) of a record path.
pub fn id(path: &str) -> String {
    let mut id = String::with_capacity(path.len() + 2);
    id.push_str("f-");
    for letter in path.chars() {
        match letter {
            '/' => id.push_str("--"),
            '.' => id.push('-'),
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => id.push(letter),
            other => id.push_str(&format!("-{:x}-", u32::from(other))),
        }
    }
    id
}

/// The identifier of something that belongs to the control: `label`, `hint`, `said`, …
pub fn part_id(path: &str, part: &str) -> String {
    format!("{}-{part}", id(path))
}

/// After the next drawing: focus the element, or the first thing in it that can have the focus.
pub fn focus(id: String) {
    request_animation_frame(move || {
        if let Some(element) = by_id(&id) {
            give_focus(&element);
        }
    });
}

/// As [`focus`], but only if the drawing took the focus away (a moved row loses it).
pub fn keep_focus(id: String) {
    request_animation_frame(move || {
        let lost = document()
            .active_element()
            .is_none_or(|element| element.tag_name() == "BODY");
        if let Some(element) = by_id(&id).filter(|_| lost) {
            give_focus(&element);
        }
    });
}

/// After the next drawing: bring the label of a record path into view, then focus its control. When the very place is not on the
/// screen, the nearest thing above it is taken: the field of a part, the card of a row, the group.
pub fn reveal(path: String) {
    request_animation_frame(move || {
        let mut place = path.as_str();
        loop {
            if let Some(element) = by_id(&id(place)) {
                return show(&element, &part_id(place, "label"));
            }
            let Some(cut) = place.rfind(['/', '.']) else { return };
            place = place.get(..cut).unwrap_or_default();
        }
    });
}

/// A new page: begin at its top, with the focus on its title, as after following a link in a document.
pub fn top(title_id: &'static str) {
    request_animation_frame(move || {
        window().scroll_to_with_x_and_y(0.0, 0.0);
        if let Some(title) = by_id(title_id) {
            give_focus(&title);
        }
    });
}

/// Scrolls as little as needed to show an element: the suggestion that the arrow keys are on.
pub fn nearest(id: &str) {
    if let Some(element) = by_id(id) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Whether the focus went out of the element that listens.
pub fn left(event: &web_sys::FocusEvent) -> bool {
    let Some(here) = event.current_target().and_then(|target| target.dyn_into::<Node>().ok()) else {
        return true;
    };
    let gone_to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
    !here.contains(gone_to.as_ref())
}

fn show(element: &Element, label: &str) {
    let mut above = element.closest("details").ok().flatten();
    while let Some(folded) = above {
        drop(folded.set_attribute("open", ""));
        above = folded
            .parent_element()
            .and_then(|parent| parent.closest("details").ok().flatten());
    }
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Start);
    by_id(label)
        .as_ref()
        .unwrap_or(element)
        .scroll_into_view_with_scroll_into_view_options(&options);
    give_focus(element);
}

fn give_focus(element: &Element) {
    let own = element.matches(FOCUSABLE).unwrap_or(false) && !element.matches("fieldset").unwrap_or(false);
    let inner = if own {
        None
    } else {
        element.query_selector(FOCUSABLE).ok().flatten()
    };
    let target = inner.unwrap_or_else(|| element.clone());
    if let Some(target) = target.dyn_ref::<HtmlElement>() {
        let options = FocusOptions::new();
        options.set_prevent_scroll(element.matches("[data-place]").unwrap_or(false));
        drop(target.focus_with_options(&options));
    }
}

fn by_id(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn identifiers_carry_no_slash_and_no_dot() {
        assert_eq!(
            id("family/3fa2c1d0/residence.commune"),
            "f-family--3fa2c1d0--residence-commune"
        );
        assert_eq!(part_id("birth_name", "hint"), "f-birth_name-hint");
        assert_eq!(id("family/f 1"), "f-family--f-20-1");
    }
}
