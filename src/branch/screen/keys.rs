//! The branch's keys: founding it, who holds them, the root on paper, the file that opens everything without this app, lost devices.
//!
//! Invariant: what a loss costs stands beside the act before it is done. Not here: what each act is worth (`sync::found`, `sync::client`).

use app::{
    app::root,
    clock,
    el::{El, Piece, View, button, el, hint, input_box, main, pieces, question, submit},
    held::{Held, derived},
    live,
    route::{Route, go},
    save_file,
    screen::bar,
    session::{Session, session},
};
use leptos::{prelude::*, task::spawn_local};
use sync::{
    body::{Reason, Revoke},
    branch::{MAX_SECRETARIES, Secretary},
    client,
    found::{self, FoundingInvite, Plan, Root},
    id::AccountId,
    kind::{Class, Role},
    spelling::{base64url, hex, unbase64url},
};

use crate::{
    act::Act,
    cases,
    known::{Known, known},
    notes, qr, rotation,
    text::keys as words,
};

/// The setting of the vault that holds the root's key.
const ROOT: &str = "root";

/// The page.
pub fn keys() -> View {
    let session = session();
    notes::put_down(session);
    // What an act says stays, though it counts in the identity.
    let founded = derived(move || session.identity.with(Option::is_some));
    pieces![
        bar(words::TITLE),
        main("page stack")
            .child(el("h1").child(words::TITLE))
            .child(live::live(move || {
                let founded = founded.get();
                untrack(move || if founded { held(session) } else { founding(session) })
            }))
    ]
}

fn founding(session: Session) -> View {
    let line = Held::new(root().link.get_untracked().unwrap_or_default());
    root().link.set(None);
    let (name, content) = (Held::new(String::new()), Held::new(false));
    let complaint = Held::new(String::new());
    let act = move || {
        let Ok(invite) = FoundingInvite::parse(&line.get_untracked()) else {
            return complaint.set(words::FOUND_BAD.to_owned());
        };
        let name = name.get_untracked().trim().to_owned();
        if name.is_empty() || name.chars().count() > sync::branch::MAX_NAME {
            return complaint.set(words::FOUND_NAMELESS.to_owned());
        }
        let class = if content.get_untracked() { Class::C2 } else { Class::C1 };
        spawn_local(async move {
            match found_branch(session, &invite, &name, class).await {
                Ok(()) => go(&Route::Home),
                Err(words) => complaint.try_set(words),
            }
        });
    };
    el("form")
        .class("stack")
        .on_submit(act)
        .child(el("h2").child(words::FOUND))
        .child(el("p").child(words::FOUND_LEAD))
        .child(
            question("line", words::FOUND_LINE).child(
                el("textarea")
                    .id("line")
                    .attr("rows", "3")
                    .uncorrected()
                    .value(live::value(line))
                    .typing(line),
            ),
        )
        .child(
            question("name", words::FOUND_NAME)
                .child(input_box("text").id("name").value(live::value(name)).typing(name)),
        )
        .child(
            el("label")
                .class("choice")
                .child(input_box("checkbox").is("checked", live::is(content)).ticking(content))
                .child(el("span").child(words::FOUND_CONTENT)),
        )
        .child(el("p").class("hint").child(words::FOUND_CONTENT_HINT))
        .child(
            el("p")
                .class("message")
                .attr("role", "alert")
                .child(live::value(complaint)),
        )
        .child(submit("btn btn--primary").child(words::FOUND_DO))
        .piece()
}

async fn found_branch(session: Session, invite: &FoundingInvite, name: &str, class: Class) -> Result<(), String> {
    let plan = Plan {
        name,
        class,
        single_secretary: true,
    };
    let (root, who, ops) = found::found(invite, &plan, &mut app::ids::Browser);
    let mut act = Act::as_new(session, who).await?;
    act.set(ROOT, &base64url(&root.encode()));
    act.set("role", &Role::Secretary.number().to_string());
    ops.into_iter().for_each(|op| act.send(op));
    act.done(session).await?;
    session.role.set(Role::Secretary);
    Ok(())
}

/// The root's key, if it lies in this vault.
pub async fn root_here(session: Session) -> Option<Root> {
    let text = session.vault()?.read_setting(ROOT).await.ok()??;
    Root::decode(&unbase64url(&text)?).ok()
}

fn held(session: Session) -> View {
    let (here, said) = (Held::new(None::<Root>), Held::new(String::new()));
    spawn_local(async move {
        here.try_set(root_here(session).await);
    });
    let save = move |_| {
        spawn_local(async move {
            let former = rotation::past(session).await;
            if let Some(who) = session.identity.get_untracked() {
                let name = format!("khoa-chi-bo-{}.key", clock::today().iso());
                let file = found::age_identity_file(&who, &former);
                save_file::save(&name, "text/plain", file.as_bytes());
            }
        });
    };
    pieces![
        el("p").class("lead").child(words::LEAD),
        holders(session, here, said),
        el("p").class("message").attr("role", "status").child(live::value(said)),
        el("section")
            .class("stack stack--tight")
            .child(el("h2").child(words::FILE))
            .child(el("p").class("notice notice--warn").child(words::FILE_LEAD))
            .child(button("btn").on("click", save).child(words::FILE_SAVE)),
        root_sheet(session, here, said),
        super::rotation::section(session, here, said),
        devices(session, said)
    ]
}

/// The name under which an account is known here.
pub fn named(known: &Known, account: &AccountId) -> String {
    let member = known.members.iter().find(|member| member.account == Some(*account));
    let name = member.map(|member| member.name.clone()).filter(|name| !name.is_empty());
    let person = || known.people.iter().find(|person| person.account == Some(*account));
    let name = name.or_else(|| {
        person()
            .map(|person| person.name.clone())
            .filter(|name| !name.is_empty())
    });
    let code: String = hex(account.as_bytes()).chars().take(8).collect();
    format!("{} · {code}", name.unwrap_or_else(|| words::STRANGER.to_owned()))
}

fn holders(session: Session, here: Held<Option<Root>>, said: Held<String>) -> View {
    let own = session
        .identity
        .with_untracked(|who| who.as_ref().map(client::Identity::account_id));
    live::live(move || {
        let set = session.identity.with(|who| who.as_ref().and_then(|who| who.set()));
        let named_now: Vec<AccountId> = set
            .iter()
            .flat_map(|set| set.secretaries.iter().map(|one| one.account))
            .collect();
        let has_root = here.with(Option::is_some);
        let full = named_now.len() >= MAX_SECRETARIES;
        let known = known().get();
        let lines = named_now.iter().map(|account| {
            let account = *account;
            let you = (Some(account) == own).then_some(words::YOU);
            let may = has_root && Some(account) != own;
            let before = match you {
                Some(_) => 0,
                None => known.office.before(&account).len(),
            };
            el("li")
                .class("row row--even")
                .child(el("span").child(named(&known, &account)).child(" ").child(you))
                .child((before > 0).then(|| {
                    button("btn")
                        .on("click", move |_| hand_on(session, said, account))
                        .child(words::hand_on(before))
                }))
                .child(may.then(|| {
                    sure(words::DROP, words::DROP_SURE, move || {
                        change(session, here, said, Change::Drop(account))
                    })
                }))
        });
        let waiting = known.office.people.iter().filter(|one| {
            let came = known.office.invites.iter().find(|invite| Some(invite.id) == one.invite);
            came.is_some_and(|came| came.invite.role == Role::Secretary)
                && !named_now.contains(&one.account)
                // Somebody's keys of before.
                && known.office.holder_since(&one.account).is_none()
                && !one.ended
        });
        let waiting = waiting.map(|one| {
            let account = one.account;
            el("li")
                .child(el("p").child(named(&known, &account)))
                .child(el("p").class("hint").child(words::WAITING))
                .child(full.then(|| el("p").class("hint").child(words::FULL)))
                .child((has_root && !full).then(|| {
                    button("btn btn--primary")
                        .on("click", move |_| change(session, here, said, Change::Add(account)))
                        .child(words::ADD)
                }))
        });
        el("section")
            .class("stack stack--tight")
            .child(el("h2").child(words::HOLDERS))
            .child((named_now.len() == 1).then(|| el("p").class("notice notice--warn").child(words::ONLY_ONE)))
            .child((!has_root).then(|| el("p").class("hint").child(words::NO_ROOT)))
            .child(el("ul").class("list").child(lines.collect::<Vec<_>>()))
            .child(el("ul").class("list").child(waiting.collect::<Vec<_>>()))
            .child(has_root.then(|| el("p").class("hint").child(words::DROP_COST)))
            .piece()
    })
}

fn hand_on(session: Session, said: Held<String>, holder: AccountId) {
    spawn_local(async move {
        let done = cases::hand_on(session, holder).await;
        said.try_set(done.err().unwrap_or_else(|| words::DONE.to_owned()));
    });
}

#[derive(Clone, Copy)]
enum Change {
    Add(AccountId),
    Drop(AccountId),
}

fn change(session: Session, here: Held<Option<Root>>, said: Held<String>, what: Change) {
    let Some(root) = here.get_untracked() else { return };
    spawn_local(async move {
        let done = change_set(session, &root, what).await;
        said.try_set(done.err().unwrap_or_else(|| words::DONE.to_owned()));
    });
}

async fn change_set(session: Session, root: &Root, what: Change) -> Result<(), String> {
    let mut act = Act::begin(session).await?;
    let known = known().get_untracked();
    let leaves = known.office.set_leaves(&act.who);
    let made = match what {
        Change::Add(account) => known.office.person(&account).and_then(|one| {
            let one = Secretary {
                account,
                age_pub: one.age_pub,
                sign_pub: one.sign_pub,
            };
            root.name_secretary(&mut act.who, one, &leaves, &mut act.rnd)
        }),
        Change::Drop(account) => root.drop_secretary(&mut act.who, &account, &leaves, &mut act.rnd),
    };
    made.into_iter().for_each(|op| act.send(op));
    act.done(session).await
}

fn root_sheet(session: Session, here: Held<Option<Root>>, said: Held<String>) -> View {
    let shown = Held::new(false);
    let typed = Held::new(String::new());
    let take = move || {
        let read = unbase64url(typed.get_untracked().trim()).and_then(|bytes| Root::decode(&bytes).ok());
        let own = session
            .identity
            .with_untracked(|who| who.as_ref().map(client::Identity::branch_id));
        let Some(root) = read.filter(|root| Some(root.branch()) == own) else {
            return said.set(words::ROOT_BAD.to_owned());
        };
        spawn_local(async move {
            let done = async {
                let mut act = Act::begin(session).await?;
                act.set(ROOT, &base64url(&root.encode()));
                act.done(session).await
            };
            match done.await {
                Ok(()) => here.try_set(Some(root)),
                Err(words) => said.try_set(words),
            }
        });
    };
    live::live(move || {
        let section = el("section")
            .class("stack stack--tight")
            .child(el("h2").child(words::ROOT));
        match here.get() {
            Some(root) => section
                .child(el("p").class("notice notice--warn").child(words::ROOT_LEAD))
                .child(live::live(move || {
                    if !shown.get() {
                        return button("btn")
                            .on("click", move |_| shown.set(true))
                            .child(words::ROOT_SHOW)
                            .piece();
                    }
                    let text = base64url(&root.encode());
                    pieces![
                        qr::picture(&text, words::ROOT_QR),
                        el("p").class("link-text").child(text),
                        button("btn no-print")
                            .on("click", |_| drop(window().print()))
                            .child(words::ROOT_PRINT)
                    ]
                }))
                .piece(),
            None => section
                .child(el("p").child(words::NO_ROOT))
                .child(
                    el("details").child(el("summary").child(words::ROOT_TAKE)).child(
                        el("form")
                            .class("stack")
                            .on_submit(take)
                            .child(
                                question("root", words::ROOT_TAKE_LABEL).child(
                                    el("textarea")
                                        .id("root")
                                        .attr("rows", "2")
                                        .uncorrected()
                                        .value(live::value(typed))
                                        .typing(typed),
                                ),
                            )
                            .child(submit("btn").child(words::ROOT_TAKE_DO)),
                    ),
                )
                .piece(),
        }
    })
}

fn devices(session: Session, said: Held<String>) -> View {
    live::live(move || {
        let known = known().get();
        let own = session
            .identity
            .with_untracked(|who| who.as_ref().map(client::Identity::device_id));
        let lines = known.office.people.iter().flat_map(|one| {
            let (known, account) = (&known, one.account);
            one.devices.iter().map(move |device| {
                let since = device.joined.map(crate::time::moment).unwrap_or_default();
                let id = device.device;
                let act: View = if device.closed {
                    el("span").class("chip").child(words::CLOSED).piece()
                } else if Some(id) == own {
                    el("span").child(words::YOU).piece()
                } else {
                    sure(words::LOST, words::LOST_SURE, move || {
                        let revoke = Revoke {
                            device: Some(id),
                            account: None,
                            reason: Reason::Lost,
                        };
                        spawn_local(async move {
                            let done = async {
                                let mut act = Act::begin(session).await?;
                                let out = client::revoke(&mut act.who, &revoke, &mut act.rnd)
                                    .map_err(|fault| fault.words())?;
                                act.send(out);
                                act.done(session).await
                            };
                            said.try_set(done.await.err().unwrap_or_else(|| words::DONE.to_owned()));
                        });
                    })
                    .piece()
                };
                el("li")
                    .class("row row--even")
                    .child(el("span").child(named(known, &account)).child(" ").child(since))
                    .child(act)
            })
        });
        el("section")
            .class("stack stack--tight")
            .child(el("h2").child(words::DEVICES))
            .child(hint("devices", words::DEVICES_LEAD))
            .child(el("ul").class("list").child(lines.collect::<Vec<_>>()))
            .piece()
    })
}

/// A button that acts at the second press only.
pub fn sure(label: &'static str, ask: &'static str, act: impl Fn() + 'static) -> El {
    let asked = Held::new(false);
    button("btn btn--danger")
        .on("click", move |_| {
            if asked.get_untracked() {
                asked.set(false);
                act();
            } else {
                asked.set(true);
            }
        })
        .child(live::either(asked, ask, label))
}
