//! "Gửi nhờ máy khác": a parcel for somebody who travels, and the parcels of others that this device carries.
//!
//! Invariant: a file's name holds a number and nothing else; how a parcel stands is said by `sync::label`. Not here: what is done with
//! files (`parcels`).

use app::{
    chosen::{self, chosen},
    el::{El, Piece, View, button, el, hint, main, pieces, question},
    held::{Held, derived},
    live, save_file,
    screen::bar,
    session::{Session, session},
};
use leptos::{prelude::*, task::spawn_local};
use sync::{
    armour,
    client::{Identity, Load},
    kind::Class,
    label::courier as label,
    parcel,
};
use wasm_bindgen::JsValue;
use web_sys::File;

use crate::{
    awake::call,
    parcels::{self, Ready, parcels},
    screen::{film::film, scan::scan},
    text::{courier as words, film as film_words},
};

/// The fragment of the page.
pub const PAGE: &str = "gui-nho";

/// The page.
pub fn courier() -> View {
    let session = session();
    let (said, ready) = (Held::new(String::new()), Held::new(None::<Ready>));
    // Not drawn anew with every letter: a film, a camera and a text half pasted would be gone.
    let connected = derived(move || {
        let class = |who: &Identity| who.class() > Class::C0;
        session.identity.with(|who| who.as_ref().is_some_and(class))
    });
    pieces![
        bar(words::TITLE),
        main("page stack")
            .child(el("h1").child(words::TITLE))
            .child(el("p").class("lead").child(words::LEAD))
            .child(el("p").class("notice").attr("role", "status").child(live::value(said)))
            .child(live::live(move || if connected.get() {
                untrack(move || pieces![mine(session, said, ready), open(session, said)])
            } else {
                el("p").child(words::NOT_CONNECTED).piece()
            }))
            .child(live::live_if(move || {
                let here = parcels().get();
                let sum = label::carried(&here.loads)?;
                let loads = here.loads.iter().map(|load| carried(session, said, load));
                Some(
                    el("section")
                        .class("stack stack--tight")
                        .child(el("h2").child(words::CARRYING))
                        .child(el("p").child(sum))
                        .child(loads.collect::<Vec<_>>()),
                )
            }))
    ]
}

fn mine(session: Session, said: Held<String>, ready: Held<Option<Ready>>) -> View {
    let busy = Held::new(false);
    let pack = move |_| {
        busy.set(true);
        spawn_local(async move {
            match parcels::pack(session).await {
                Ok(parcel) => {
                    said.try_set(words::ready(parcel.number));
                    ready.try_set(Some(parcel));
                }
                Err(words) => said.try_set(words),
            }
            busy.try_set(false);
        });
    };
    el("section")
        .class("stack stack--tight")
        .child(el("h2").child(words::MINE))
        .child(el("ul").class("list").child(live::live(move || {
            let lines = parcels().with(|here| here.packed.iter().rev().map(label::packed).collect::<Vec<_>>());
            lines
                .into_iter()
                .map(|line| el("li").child(line))
                .collect::<Vec<_>>()
                .piece()
        })))
        .child(live::live_if(move || {
            let ready = ready.get()?;
            Some(give(
                &format!("goi-{}", ready.number),
                words::SAVE,
                Some(words::SHARE),
                ready.file,
            ))
        }))
        .child(
            button("btn btn--primary")
                .is("disabled", live::is(busy))
                .on("click", pack)
                .child(words::PACK),
        )
        .piece()
}

/// The ways to give a file away.
fn give(name: &str, save: &'static str, share: Option<&'static str>, file: Vec<u8>) -> El {
    let text = shareable(name, &file).filter(|_| share.is_some());
    let file_name = format!("{name}.lylich");
    let shown = film(file.clone());
    let keep = move |_| save_file::save(&file_name, "application/octet-stream", &file);
    let row = el("div")
        .class("row")
        .child(button("btn").on("click", keep).child(save))
        .child(text.zip(share).map(|(text, label)| {
            let share = move |_| {
                let navigator: JsValue = window().navigator().into();
                // Whoever changes their mind closes the sheet; the file is still here.
                drop(call(&navigator, "share", &text));
            };
            button("btn").on("click", share).child(label)
        }));
    el("div").class("stack stack--tight").child(row).child(shown)
}

/// What the share sheet takes, where there is one for files.
fn shareable(name: &str, file: &[u8]) -> Option<JsValue> {
    let parts = js_sys::Array::of1(&armour::write(file).into());
    let options = web_sys::FilePropertyBag::new();
    options.set_type("text/plain");
    let file = File::new_with_str_sequence_and_options(&parts, &format!("{name}.lylich.txt"), &options).ok()?;
    let shared = js_sys::Object::new();
    js_sys::Reflect::set(&shared, &"files".into(), &js_sys::Array::of1(&file)).ok()?;
    let navigator: JsValue = window().navigator().into();
    let can = call(&navigator, "canShare", &shared)?;
    can.is_truthy().then(|| shared.into())
}

fn open(session: Session, said: Held<String>) -> View {
    let take = chosen(move |file| async move {
        let told = match read(&file).await {
            Ok(bytes) => parcels::take(session, &bytes).await,
            Err(words) => Err(words),
        };
        said.try_set(told.unwrap_or_else(|words| words));
    });
    let file = question("parcel", words::OPEN)
        .child(hint("parcel-hint", words::OPEN_HINT))
        .child(
            el("input")
                .id("parcel")
                .attr("type", "file")
                .attr("aria-describedby", "parcel-hint")
                .on("change", take),
        );
    pieces![file, scan(session, said), paste(session, said)]
}

/// For messengers that show a file of text instead of handing it over.
fn paste(session: Session, said: Held<String>) -> El {
    let text = Held::new(String::new());
    let take = move |_| {
        spawn_local(async move {
            let told = parcels::take(session, text.get_untracked().as_bytes()).await;
            if told.is_ok() {
                text.try_set(String::new());
            }
            said.try_set(told.unwrap_or_else(|words| words));
        });
    };
    question("parcel-text", film_words::PASTE)
        .child(hint("parcel-text-hint", film_words::PASTE_HINT))
        .child(
            el("textarea")
                .id("parcel-text")
                .attr("rows", "3")
                .attr("aria-describedby", "parcel-text-hint")
                .uncorrected()
                .value(live::value(text))
                .typing(text),
        )
        .child(
            button("btn after")
                .is("disabled", live::flag(move || text.with(|text| text.trim().is_empty())))
                .on("click", take)
                .child(film_words::PASTE_TAKE),
        )
}

async fn read(file: &File) -> Result<Vec<u8>, String> {
    // As text it is a third longer.
    if file.size() > (2 * parcel::LARGEST) as f64 {
        return Err(words::UNREAD.to_owned());
    }
    chosen::read(file).await.ok_or_else(|| words::UNREAD.to_owned())
}

fn carried(session: Session, said: Held<String>, load: &Load) -> El {
    let number = load.parcel.number;
    let home = load.home();
    let gone = load.clone();
    let leave = move |_| {
        let gone = gone.clone();
        spawn_local(async move {
            if let Err(words) = parcels::drop_load(session, &gone).await {
                said.try_set(words);
            }
        });
    };
    el("div")
        .class("card stack stack--tight")
        .child(el("p").child(el("strong").child(words::load(number))))
        .child(el("p").child(label::load(load)))
        .child(home.map(|parcel| {
            let name = format!("tra-loi-{number}");
            give(&name, words::SAVE_BACK, Some(words::SHARE), parcel.encode())
        }))
        .child(
            el("details")
                .child(el("summary").child(words::PASS_ON))
                .child(give(&format!("goi-{number}"), words::SAVE, None, load.parcel.encode()))
                .child(button("btn btn--danger").on("click", leave).child(words::DROP)),
        )
}
