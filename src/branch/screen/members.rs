//! The members of the branch who may be asked to help, each with a short paper.

use app::{
    el::{Piece, View, button, el, link, main, pieces},
    live,
    route::{go, href},
    screen::bar,
    session::session,
};
use leptos::task::spawn_local;
use sync::spelling::hex;

use crate::{
    cases::{self, INVITE},
    known::{Member, known},
    notes, pages,
    paper::MEMBER,
    text::invite as words,
};

/// The page.
pub fn members() -> View {
    let session = session();
    notes::put_down(session);
    let add = move |_| {
        spawn_local(async move {
            if let Ok(record) = cases::begin(session, MEMBER, &[]).await {
                go(&pages::other(format!("dang-vien/{}", hex(record.as_bytes()))));
            }
        });
    };
    pieces![
        bar(words::MEMBERS_TITLE),
        main("page stack")
            .child(el("h1").child(words::MEMBERS_TITLE))
            .child(el("p").class("lead").child(words::MEMBERS_LEAD))
            .child(
                el("div")
                    .class("row")
                    .child(button("btn btn--primary").on("click", add).child(words::MEMBER_ADD))
                    .child(link("btn", href(&pages::other("to-moi"))).child(words::TITLE)),
            )
            .child(el("ul").class("list list--sections").child(live::live(move || {
                known()
                    .with(|known| known.members.iter().filter_map(line).collect::<Vec<_>>())
                    .piece()
            })))
    ]
}

fn line(member: &Member) -> Option<View> {
    let record = member.record?;
    let name = Some(member.name.clone()).filter(|name| !name.trim().is_empty());
    let stand = if member.account.is_some() {
        words::MEMBER_JOINED
    } else if member.fields.contains_key(INVITE) {
        words::MEMBER_INVITED
    } else {
        words::MEMBER_ALONE
    };
    let to = pages::other(format!("dang-vien/{}", hex(record.as_bytes())));
    let title = name.unwrap_or_else(|| words::MEMBER_NAMELESS.to_owned());
    let line = link("section-link", href(&to))
        .child(el("span").class("section-link__title").child(title))
        .child(
            el("span")
                .class("section-link__state")
                .child(el("span").class("chip").child(stand)),
        );
    Some(el("li").child(line).piece())
}
