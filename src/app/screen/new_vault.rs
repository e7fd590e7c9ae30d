//! Making a vault: what for, what name, which passphrase; then the recovery sheet, shown once.

use leptos::{prelude::*, task::spawn_local};
use store::{RecoveryCode, Vault};

use super::phrase::{Phrase, phrase_fields};
use crate::{
    app::{Gate, root},
    el::{Piece, View, button, el, hint, input_box, main, pieces, question, submit},
    held::Held,
    live,
    session::{self, Role},
    text::gate as words,
};

/// The page of a new vault.
pub fn new_vault() -> View {
    let made = Held::new(None::<(Vault, RecoveryCode, Role)>);
    main("page stack")
        .child(live::live(move || match made.get() {
            None => untrack(move || ask(made)),
            Some((vault, code, role)) => untrack(move || sheet(vault, code, role)),
        }))
        .piece()
}

fn ask(made: Held<Option<(Vault, RecoveryCode, Role)>>) -> View {
    let root = root();
    let hinted = root
        .link
        .with_untracked(|link| link.as_deref().and_then(session::role_of_link));
    let role = Held::new(hinted.unwrap_or(Role::Candidate));
    let nickname = Held::new(String::new());
    let phrase = Phrase::drawn();
    let busy = Held::new(false);
    let complaint = Held::new(String::new());
    let make = move || {
        let name = nickname.get_untracked().trim().to_owned();
        if name.is_empty() {
            return complaint.set(words::NICKNAME_BLANK.to_owned());
        }
        complaint.set(String::new());
        let Some(chosen) = phrase.take(&name) else { return };
        busy.set(true);
        spawn_local(async move {
            match session::make(&name, &chosen, role.get_untracked()).await {
                Ok((vault, code)) => made.set(Some((vault, code, role.get_untracked()))),
                Err(fault) => complaint.set(fault.words().to_owned()),
            }
            busy.set(false);
        });
    };
    pieces![
        el("h1").child(words::NEW_TITLE),
        el("p").class("lead").child(words::NEW_LEAD),
        el("form")
            .class("stack")
            .on_submit(make)
            .child(
                el("fieldset")
                    .class("field")
                    .child(el("legend").class("field__label").child(words::ROLE_LEGEND))
                    .child(
                        [
                            (Role::Candidate, words::ROLE_CANDIDATE),
                            (Role::Mentor, words::ROLE_MENTOR),
                            (Role::Secretary, words::ROLE_SECRETARY),
                        ]
                        .into_iter()
                        .filter(|(each, _)| *each != Role::Secretary || hinted == Some(Role::Secretary))
                        .map(|(each, label)| {
                            el("label")
                                .class("choice")
                                .child(
                                    input_box("radio")
                                        .attr("name", "role")
                                        .is("checked", live::flag(move || role.get() == each))
                                        .on("change", move |_| role.set(each)),
                                )
                                .child(el("span").child(label))
                        })
                        .collect::<Vec<_>>(),
                    ),
            )
            .child(
                question("nickname", words::NICKNAME)
                    .child(hint("nickname-hint", words::NICKNAME_HINT))
                    .child(
                        input_box("text")
                            .id("nickname")
                            .attr("spellcheck", "false")
                            .attr("maxlength", "40")
                            .attr("aria-describedby", "nickname-hint")
                            .value(live::value(nickname))
                            .typing(nickname),
                    ),
            )
            .child(phrase_fields(phrase))
            .child(el("p").class("notice notice--warn").child(words::NO_WAY_BACK))
            .child(
                el("p")
                    .class("message")
                    .attr("role", "alert")
                    .child(live::value(complaint)),
            )
            .child(
                el("div")
                    .class("row")
                    .child(
                        submit("btn btn--primary")
                            .is("disabled", live::is(busy))
                            .child(live::either(busy, words::MAKING, words::MAKE)),
                    )
                    .child(
                        button("btn btn--quiet")
                            .on("click", move |_| {
                                root.gate.set(Gate::Looking);
                                root.look();
                            })
                            .child(words::BACK),
                    ),
            )
            .child(live::progress(busy, words::MAKING))
    ]
}

/// Which two groups are asked back: one early, one late.
const ASKED: [usize; 2] = [2, 7];

fn sheet(vault: Vault, code: RecoveryCode, role: Role) -> View {
    let root = root();
    let groups: Vec<String> = code.groups().iter().map(|group| group.to_string()).collect();
    let typed = ASKED.map(|_| Held::new(String::new()));
    let wrong = Held::new(false);
    let expected: Vec<String> = ASKED.iter().filter_map(|n| groups.get(n - 1).cloned()).collect();
    let done = move || {
        let right = typed
            .iter()
            .zip(&expected)
            .all(|(typed, group)| digits(&typed.get_untracked()) == *group);
        wrong.set(!right);
        if right {
            let vault = vault.clone();
            spawn_local(async move { session::enter(root, vault, Some(role)).await });
        }
    };
    pieces![
        el("h1").child(words::RECOVERY_TITLE),
        el("p").class("lead").child(words::RECOVERY_LEAD),
        el("ol").class("code code--groups").attr("data-recovery", "").child(
            groups
                .iter()
                .map(|group| el("li").child(group.clone()))
                .collect::<Vec<_>>(),
        ),
        el("p").class("print-only").child(words::RECOVERY_SHEET),
        el("p").child(words::RECOVERY_DO),
        button("btn")
            .on("click", move |_| drop(window().print()))
            .child(words::RECOVERY_PRINT),
        el("p").class("notice notice--warn").child(words::NO_WAY_BACK),
        el("form")
            .class("stack")
            .on_submit(done)
            .child(el("p").child(words::RECOVERY_CHECK))
            .child(
                ASKED
                    .into_iter()
                    .zip(typed)
                    .map(|(n, typed)| {
                        let id = format!("group-{n}");
                        question(id.clone(), words::group(n)).child(
                            input_box("text")
                                .id(id)
                                .class("short")
                                .attr("inputmode", "numeric")
                                .attr("maxlength", "8")
                                .value(live::value(typed))
                                .typing(typed),
                        )
                    })
                    .collect::<Vec<_>>(),
            )
            .child(
                el("p")
                    .class("message")
                    .attr("role", "alert")
                    .child(live::either(wrong, words::RECOVERY_WRONG, "")),
            )
            .child(submit("btn btn--primary").child(words::RECOVERY_DONE),)
    ]
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
