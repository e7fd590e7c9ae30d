//! The form in a real browser, over a real record on a real desk: what a person types, sees and can undo.
//!
//! Each test draws what it needs into a page of its own and takes it away again. How answers are stored is tested in `store`, what the
//! checks find in `rules`.

use std::{cell::RefCell, rc::Rc};

use leptos::{mount::mount_to, prelude::*, task::tick};
use rules::{
    form::{Field, lylich},
    record::Record,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, Event, EventInit, FocusEvent, FocusEventInit, HtmlElement, HtmlInputElement};

use super::{Aim, Veil, field_if_asked, items, spot};
use crate::{desk::Desk, el::View, held::Held};

wasm_bindgen_test_configure!(run_in_browser);

mod carried;
mod family;
mod kept;
mod labels;
mod renewed;
mod rows;
mod typing;

/// A page with a piece of the form on it.
struct Page {
    root: HtmlElement,
    desk: Desk,
    /// Every text that was handed to the saver for this path, in order.
    saved: Rc<RefCell<Vec<Record>>>,
    owner: Owner,
    drawn: Option<Box<dyn std::any::Any>>,
}

impl Page {
    async fn of_section(slug: &str, record: &[(&str, &str)]) -> Page {
        let section = lylich().section(slug).unwrap();
        Page::drawing(record, move || items(section)).await
    }

    async fn of_field(slug: &'static str, record: &[(&str, &str)]) -> Page {
        let field: &'static Field = rules::form::field(lylich(), slug).unwrap();
        Page::drawing(record, move || field_if_asked(field, slug.to_owned())).await
    }

    async fn drawing(record: &[(&str, &str)], draw: impl FnOnce() -> View + 'static) -> Page {
        let mut fields = Record::new();
        for (path, text) in record {
            fields.set(path, text);
        }
        let saved = Rc::new(RefCell::new(Vec::new()));
        let log = saved.clone();
        let on_change = Rc::new(move |record: &Record, _| log.borrow_mut().push(record.clone()));
        let owner = Owner::new();
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let (desk, drawn) = owner.with(|| {
            let desk = Desk::open(
                lylich(),
                fields,
                0,
                Rc::new(rules::check::run),
                Held::new(false),
                on_change,
            );
            let page = root.clone();
            let drawn = mount_to(root.clone(), move || {
                provide_context(desk);
                provide_context(Veil::drawn());
                provide_context(Aim(None));
                draw().end_of(&page);
            });
            (desk, Box::new(drawn) as Box<dyn std::any::Any>)
        });
        let page = Page {
            root,
            desk,
            saved,
            owner,
            drawn: Some(drawn),
        };
        self::drawn().await;
        page
    }

    fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length())
            .filter_map(|at| found.item(at)?.dyn_into().ok())
            .collect()
    }

    fn one(&self, selector: &str) -> Element {
        self.root
            .query_selector(selector)
            .unwrap()
            .unwrap_or_else(|| panic!("{selector} is not on the page"))
    }

    fn input(&self, path: &str) -> HtmlInputElement {
        self.one(&format!("[id='{}']", spot::id(path))).unchecked_into()
    }

    fn box_of(&self, path: &str, part: &str) -> HtmlInputElement {
        self.one(&format!("[id='{}']", spot::part_id(path, part)))
            .unchecked_into()
    }

    fn button(&self, words: &str) -> HtmlElement {
        let found = self
            .all("button")
            .into_iter()
            .find(|button| button.text_content().unwrap() == words);
        found.unwrap_or_else(|| panic!("no button “{words}”")).unchecked_into()
    }

    fn words(&self) -> String {
        self.root.text_content().unwrap()
    }

    fn last_saved(&self, path: &str) -> String {
        self.saved
            .borrow()
            .last()
            .map(|record| record.text(path).to_owned())
            .unwrap_or_default()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.drawn.take();
        self.owner.cleanup();
        self.root.remove();
    }
}

/// One `input` event, as a keyboard or an input method makes it.
fn type_in(input: &HtmlInputElement, text: &str) {
    input.set_value(text);
    let init = EventInit::new();
    init.set_bubbles(true);
    input
        .dispatch_event(&Event::new_with_event_init_dict("input", &init).unwrap())
        .unwrap();
}

/// The box is left for something outside of the form.
fn leave(input: &HtmlInputElement) {
    let init = FocusEventInit::new();
    input
        .dispatch_event(&FocusEvent::new_with_focus_event_init_dict("blur", &init).unwrap())
        .unwrap();
    init.set_bubbles(true);
    input
        .dispatch_event(&FocusEvent::new_with_focus_event_init_dict("focusout", &init).unwrap())
        .unwrap();
}

/// Until what depends on the last act is drawn and the focus is where it goes.
async fn drawn() {
    tick().await;
    let frame = js_sys::Promise::new(&mut |done, _| {
        window().request_animation_frame(&done).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(frame).await.unwrap();
    tick().await;
}

fn focused() -> String {
    document()
        .active_element()
        .map(|element| element.id())
        .unwrap_or_default()
}
