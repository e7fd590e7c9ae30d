//! Taking in a courier file by camera: the film on another phone is watched until nothing of it is missing.
//!
//! Invariant: the camera belongs to this piece of the page and goes off with it, with the page's being hidden or locked, and with the
//! last frame. Not here: the camera (`lens`), what is done with the file (`parcels`).

use std::rc::{Rc, Weak};

use app::{
    el::{Piece, View, button, el},
    held::Held,
    live,
    session::Session,
};
use leptos::{prelude::*, task::spawn_local};
use sync::film::Watcher;

use crate::{lens::Lens, parcels, text::film as words};

/// Milliseconds between two looks: a frame stands four times as long.
const LOOK: u32 = 60;

/// The button, and what the camera sees.
pub fn scan(session: Session, said: Held<String>) -> View {
    let lens = Held::new(None::<Rc<Lens>>);
    let seen = Held::new(Watcher::default());
    let on = move || lens.with(Option::is_some);
    let press = move |_| {
        if lens.with_untracked(Option::is_some) {
            return lens.set(None);
        }
        said.set(String::new());
        spawn_local(async move {
            match Lens::open().await {
                Ok(opened) => {
                    let opened = Rc::new(opened);
                    let there = Rc::downgrade(&opened);
                    lens.try_set(Some(opened));
                    let file = watch(&there, seen).await;
                    // Switched off by hand it may be on once more.
                    if there.strong_count() > 0 {
                        lens.try_set(None);
                    }
                    if let Some(file) = file {
                        let told = parcels::take(session, &file).await;
                        said.try_set(told.unwrap_or_else(|words| words));
                    }
                }
                Err(words) => said.try_set(words.to_owned()),
            }
        });
    };
    el("div")
        .class("stack stack--tight")
        .child(button("btn").on("click", press).child(live::text(move || {
            if on() { words::SCAN_END } else { words::SCAN }.to_owned()
        })))
        .child(live::live_if(move || {
            let view = lens.get()?.view();
            Some(
                el("div")
                    .class("stack stack--tight")
                    .child(el("p").class("hint").child(words::AIM))
                    .child(View::from(view))
                    .child(el("p").child(live::text(move || {
                        seen.with(Watcher::progress)
                            .as_ref()
                            .map(words::progress)
                            .unwrap_or_default()
                    }))),
            )
        }))
        .piece()
}

/// Looks until a file is whole; nothing when the camera went off or the page was hidden before. What was seen stays for the next time.
async fn watch(lens: &Weak<Lens>, seen: Held<Watcher>) -> Option<Vec<u8>> {
    loop {
        store::pause(LOOK).await;
        if document().hidden() {
            return None;
        }
        // Held for this look only, so that whoever takes the piece of the page away switches it off.
        let texts = lens.upgrade()?.look().await;
        let mut file = None;
        seen.try_update(|watcher| file = texts.iter().find_map(|text| watcher.see(text)));
        if file.is_some() {
            return file;
        }
    }
}
