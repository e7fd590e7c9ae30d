//! When the outbox is emptied: at the start, when the network or the page comes back, every minute while visible, on the button.
//!
//! One sender at a time for all tabs (the Web Lock `sync:<vault>`). What may be claimed afterwards is only what was stored; what the
//! answer means is for `sync::client` to say.

use std::{cell::Cell, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use store::{Change, Fault};
use sync::{
    Now,
    answer::Code,
    client::{self, Answered, Fate, Mail, OutRow, OutState, Reply},
};
use wasm_bindgen::{JsCast, closure::Closure};

use crate::{
    clock,
    ids::Browser,
    net::{self, Reached},
    session::{Session, open_session},
};

/// Bytes of the first letter of a cycle: 26 s at 20 kbit/s (sync protocol §13).
const FIRST_TARGET: usize = 64 * 1024;
const SMALLEST_TARGET: usize = 4 * 1024;

thread_local! {
    static RUNNING: Cell<bool> = const { Cell::new(false) };
    static FAILURES: Cell<u32> = const { Cell::new(0) };
    static NEXT: Cell<Option<TimeoutHandle>> = const { Cell::new(None) };
}

/// Listens for the network to come back and looks every minute; once for the life of the page.
pub fn watch() {
    let online = Closure::<dyn Fn()>::new(wake);
    drop(window().add_event_listener_with_callback("online", online.as_ref().unchecked_ref()));
    online.forget();
    set_interval(
        || {
            if !document().hidden() && NEXT.get().is_none() {
                start();
            }
        },
        Duration::from_secs(60),
    );
}

/// Something changed for the better: forget the pause and try now.
pub fn wake() {
    FAILURES.set(0);
    start();
}

fn start() {
    if let Some(handle) = NEXT.take() {
        handle.clear();
    }
    let Some(session) = open_session() else { return };
    if RUNNING.get() {
        return;
    }
    RUNNING.set(true);
    spawn_local(async move {
        let pause = cycle(session).await;
        RUNNING.set(false);
        session.sending.try_set(false);
        if let Some(pause) = pause {
            NEXT.set(
                set_timeout_with_handle(
                    || {
                        NEXT.set(None);
                        start();
                    },
                    Duration::from_millis(pause),
                )
                .ok(),
            );
        }
    });
}

/// Letters until nothing sendable is left. Gives back the pause before the next try, if one is due.
async fn cycle(session: Session) -> Option<u64> {
    let vault = session.vault()?;
    let _sender = vault.sender_lock().await?;
    let mut target = FIRST_TARGET;
    loop {
        let identity = session.identity.get_untracked()?;
        let rows = session.outbox.get_untracked();
        if !rows.iter().any(|row| !matches!(row.state, OutState::NeedsALook(_))) {
            return None;
        }
        let mail = vault.read_mail().await.ok()?;
        let now = Now {
            wall_s: clock::seconds(),
        };
        let posting = client::letter(&identity, &rows, &mail, target, now, &mut Browser);
        session.sending.try_set(true);
        let reached = net::post_letter(&session.config.get_untracked(), posting.bytes.clone()).await;
        session.sending.try_set(false);
        let reply = match reached {
            Reached::Nobody => Reply::Foreign,
            Reached::Answer { status, body } => client::answer(&identity, &posting, status, &body),
        };
        session.reply_words.try_set(reply.words());
        match reply {
            Reply::Answered(answered) => {
                FAILURES.set(0);
                let unfinished = answered
                    .outcomes
                    .iter()
                    .any(|outcome| matches!(outcome.fate, Fate::Later(_)));
                take(session, &mail, &answered).await.ok()?;
                if unfinished {
                    return Some(pause());
                }
            }
            Reply::Wait { seconds } => return Some((seconds * 1_000).max(pause())),
            Reply::TooLarge if target > SMALLEST_TARGET => target /= 2,
            Reply::StartOver => vault.commit(Change::mail(&Mail::default())).await.map(|_| ()).ok()?,
            Reply::Stopped | Reply::InviteSpent | Reply::NeedsUpdate => return None,
            Reply::Foreign => {
                // Unknown whether they arrived: the next letter asks before it sends them again.
                mark(session, client::lost(&rows, &posting)).await.ok()?;
                return Some(pause());
            }
            Reply::TooLarge | Reply::BadLetter if posting.ops.len() == 1 => {
                let mut refused = client::lost(&rows, &posting);
                refused
                    .iter_mut()
                    .for_each(|row| row.state = OutState::NeedsALook(Code::BadShape));
                mark(session, refused).await.ok()?;
            }
            Reply::BadLetter => target = SMALLEST_TARGET,
            // The endpoint was restored from an older backup: the joins go out once more, receipts or not.
            Reply::NotEnrolled => {
                mark(session, client::introduce_again(&rows, &session.kept.get_untracked()))
                    .await
                    .ok()?;
                return Some(pause());
            }
            Reply::TooLarge => return Some(pause()),
        }
    }
}

/// Writes what an answer changes, in one transaction, and only then shows it.
async fn take(session: Session, mail: &Mail, answered: &Answered) -> Result<(), Fault> {
    let vault = session.vault().ok_or(Fault::Closed)?;
    // As it stands now: something may have been cut while the letter was under way, and the counter must not go back.
    let mut identity = session.identity.get_untracked().ok_or(Fault::Closed)?;
    let (outbox, kept) = (session.outbox.get_untracked(), session.kept.get_untracked());
    let new = client::apply(&mut identity, &outbox, &kept, mail, answered, &mut Browser);
    let received = new
        .kept
        .iter()
        .fold(Change::mail(&new.mail), |change, op| change.and(Change::receipt(op)));
    let change = new
        .outbox
        .iter()
        .fold(received, |change, row| change.and(Change::out_row(row)));
    if new.identity {
        // Before the commit is awaited, for the same reason.
        session.identity.try_set(Some(identity.clone()));
        session.role.try_set(identity.role());
    }
    vault
        .commit(if new.identity {
            change.and(Change::identity(&identity))
        } else {
            change
        })
        .await?;
    let (mut outbox, mut kept) = (session.outbox.get_untracked(), session.kept.get_untracked());
    for op in new.kept {
        kept.retain(|each| each.out.op_id != op.out.op_id);
        kept.push(op);
    }
    outbox.retain(|row| !new.done.contains(&row.out.seq));
    restate(&mut outbox, new.outbox);
    session.outbox.try_set(outbox);
    session.kept.try_set(kept);
    Ok(())
}

/// Writes rows of the outbox anew.
async fn mark(session: Session, rows: Vec<OutRow>) -> Result<(), Fault> {
    let vault = session.vault().ok_or(Fault::Closed)?;
    vault
        .commit(
            rows.iter()
                .fold(Change::none(), |change, row| change.and(Change::out_row(row))),
        )
        .await?;
    let mut outbox = session.outbox.get_untracked();
    restate(&mut outbox, rows);
    session.outbox.try_set(outbox);
    Ok(())
}

fn restate(outbox: &mut Vec<OutRow>, rows: Vec<OutRow>) {
    for row in rows {
        match outbox.iter_mut().find(|each| each.out.op_id == row.out.op_id) {
            Some(each) => *each = row,
            None => outbox.push(row),
        }
    }
}

fn pause() -> u64 {
    let failures = FAILURES.get();
    FAILURES.set(failures.saturating_add(1));
    client::pause_ms(failures, &mut Browser)
}
