//! The instruments at hand without a network: the central ones, those that each province names, the branch's own; and the local thresholds.

use app::{
    el::{El, Piece, View, button, el, input_box, main, pieces, question},
    held::{Held, derived},
    live,
    route::go,
    screen::bar,
    session::{Session, session},
};
use leptos::task::spawn_local;
use office::library::{self, Entry, Wanted, local};
use rules::Record;

use super::person::choices;
use crate::{cases, known::known, notes, pages, reviews, text::report as words};

/// The page.
pub fn library_screen() -> View {
    let session = session();
    notes::put_down(session);
    let (typed, province) = (Held::new(String::new()), Held::new(String::new()));
    let all = derived(move || {
        let own = known().with(|known| library::own(&Record::from_fields(known.own_fields.clone())).0);
        library::all(own)
    });
    let provinces = move || {
        let name = |name: &str| (name.to_owned(), name.to_owned());
        all.with(|all| library::provinces(all).into_iter().map(name).collect::<Vec<_>>())
    };
    let found = move || {
        let (words, province) = (typed.get(), province.get());
        let wanted = Wanted {
            words: &words,
            province: &province,
        };
        all.with(|all| library::search(all, &wanted).into_iter().cloned().collect::<Vec<_>>())
    };
    let found = derived(found);
    pieces![
        bar(words::LIBRARY),
        main("page stack")
            .child(el("h1").child(words::LIBRARY))
            .child(el("p").class("lead").child(words::LIBRARY_LEAD))
            .child(thresholds())
            .child(reviews::speaks(session).then(|| own_button(session)))
            .child(
                question("library", words::LIBRARY_SEARCH).child(
                    input_box("search")
                        .id("library")
                        .uncorrected()
                        .value(live::value(typed))
                        .typing(typed),
                ),
            )
            .child(choices(
                "province",
                words::LIBRARY_PROVINCE,
                province,
                words::LIBRARY_ALL,
                provinces
            ))
            .child(
                el("p")
                    .attr("role", "status")
                    .child(live::text(move || words::found(found.with(Vec::len))))
            )
            .child(el("ul").class("list").child(live::live(move || {
                found.with(|found| found.iter().map(entry).collect::<Vec<_>>()).piece()
            })))
    ]
}

fn own_button(session: Session) -> El {
    let open = move |_| {
        spawn_local(async move {
            if let Ok(record) = cases::branch_paper(session).await {
                go(&pages::other(format!(
                    "quy-uoc/{}",
                    sync::spelling::hex(record.as_bytes())
                )));
            }
        });
    };
    button("btn").on("click", open).child(words::LIBRARY_OWN)
}

fn thresholds() -> View {
    live::live_if(move || {
        let set = known().with(|known| local::thresholds(&Record::from_fields(known.own_fields.clone())).0);
        (!set.is_empty()).then(|| {
            let lines = set.iter().map(|one| el("li").child(one.shown()));
            el("section")
                .class("notice")
                .child(el("h2").child(words::LIBRARY_LOCAL))
                .child(el("ul").class("list").child(lines.collect::<Vec<_>>()))
        })
    })
}

fn entry(entry: &Entry) -> El {
    let day = entry.date.map(|day| format!(" ({})", day.show())).unwrap_or_default();
    let until = entry
        .until
        .map(|day| format!(" · {} {}", words::LIBRARY_UNTIL, day.show()));
    el("li")
        .class("card")
        .child(
            el("p")
                .child(el("b").child(entry.number.clone()))
                .child(day)
                .child(until)
                .child(" ")
                .child(el("span").class("chip").child(entry.origin.mark())),
        )
        .child((!entry.title.is_empty()).then(|| el("p").child(entry.title)))
        .child((!entry.about.is_empty()).then(|| el("p").child(entry.about.clone())))
        .child((!entry.issuer.is_empty()).then(|| el("p").class("soft").child(entry.issuer.clone())))
        .child(el("p").class("soft").child(entry.seen))
}
