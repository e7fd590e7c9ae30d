//! A line in capitals. The text is never changed while one types: a button offers the capitals.

use leptos::prelude::*;
use rules::{form::Field, text::upper};

use super::{entry, entry::Look, frame, live, spot};
use crate::{desk::desk, text::form as words};

/// The control of a field in capitals. The button is there as soon as it would change something, so that Tab finds it.
pub fn view(field: &'static Field, path: String) -> AnyView {
    let desk = desk();
    let input = entry::whole(
        path.clone(),
        frame::described_by(field, &path),
        Look {
            numeric: false,
            class: "upper",
        },
    );
    let typed = Trigger::new();
    let offer = live::live_if(move || {
        typed.track();
        let text = desk.text(&path);
        let capitals = upper(&text);
        let path = path.clone();
        (capitals != text && !desk.read_only().get()).then(|| {
            view! {
                <button type="button" class="btn after"
                    on:click=live::on(move |_| { desk.put(&path, capitals.clone()); spot::focus(spot::id(&path)); })>
                    {words::TO_CAPITALS}
                </button>
            }
            .into_any()
        })
    });
    view! { <div on:input=live::on(move |_| typed.notify())>{input} {offer}</div> }.into_any()
}
