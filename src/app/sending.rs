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
    client::{self, Answered, Fate, Identity, KeptOp, Mail, OutRow, OutState, Posting, Reply},
    id::OpId,
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
            NEXT.set(set_timeout_with_handle(
                || {
                    NEXT.set(None);
                    start();
                },
                Duration::from_millis(pause),
            ).ok());
        }
    });
}

/// Letters until nothing sendable is left. Gives back the pause before the next try, if one is due.
async fn cycle(session: Session) -> Option<u64> {
    let vault = session.vault()?;
    let _sender = vault.sender_lock().await?;
    let mut target = FIRST_TARGET;
    loop {
        let mut identity = session.identity.get_untracked()?;
        let rows = session.outbox.get_untracked();
        if !rows.iter().any(|row| !matches!(row.state, OutState::NeedsALook(_))) {
            return None;
        }
        let mail = vault.read_mail().await.ok()?;
        let now = Now { wall_s: clock::seconds() };
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
                let unfinished = answered.outcomes.iter().any(|outcome| matches!(outcome.fate, Fate::Later(_)));
                take(session, &mut identity, &rows, mail, *answered).await.ok()?;
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
                mark(session, &rows, &posting, OutState::SentUnknown).await.ok()?;
                return Some(pause());
            }
            Reply::TooLarge | Reply::BadLetter if posting.ops.len() == 1 => {
                mark(session, &rows, &posting, OutState::NeedsALook(Code::BadShape)).await.ok()?;
            }
            Reply::BadLetter => target = SMALLEST_TARGET,
            Reply::TooLarge | Reply::NotEnrolled => return Some(pause()),
        }
    }
}

/// Writes what an answer says, in one transaction, and only then shows it.
async fn take(session: Session, identity: &mut Identity, rows: &[OutRow], mut mail: Mail, answered: Answered) -> Result<(), Fault> {
    let vault = session.vault().ok_or(Fault::Closed)?;
    let mut outbox = session.outbox.get_untracked();
    let mut kept = session.kept.get_untracked();
    let mut change = Change::none();
    for outcome in &answered.outcomes {
        let Some(row) = rows.iter().find(|row| row.out.op_id == outcome.op_id) else { continue };
        match outcome.fate {
            Fate::Stored(receipt) => {
                let op = KeptOp::new(row.out.clone(), receipt);
                change = change.and(Change::receipt(&op));
                outbox.retain(|each| each.out.op_id != outcome.op_id);
                kept.push(op);
            }
            Fate::NeedsALook(code) => change = change.and(restate(&mut outbox, outcome.op_id, OutState::NeedsALook(code))),
            Fate::Later(code) => change = change.and(restate(&mut outbox, outcome.op_id, OutState::Later(code))),
            Fate::SendIt => change = change.and(restate(&mut outbox, outcome.op_id, OutState::Waiting)),
        }
    }
    if let Some(set) = &answered.set {
        identity.take_set(set);
    }
    let (role, standing) = answered.standing;
    identity.take_standing(role, standing);
    mail.advance(answered.foot.epoch, answered.cursor, answered.foot.entitlement, &kept);
    if answered.fork {
        let join = client::renew_device(identity, &mut Browser);
        change = change.and(Change::outgoing(&join));
        outbox.push(OutRow::new(join));
    }
    vault.commit(change.and(Change::identity(identity)).and(Change::mail(&mail))).await?;
    session.identity.try_set(Some(identity.clone()));
    session.outbox.try_set(outbox);
    session.kept.try_set(kept);
    Ok(())
}

fn restate(outbox: &mut [OutRow], op: OpId, state: OutState) -> Change {
    let Some(row) = outbox.iter_mut().find(|row| row.out.op_id == op) else { return Change::none() };
    row.state = state;
    Change::out_row(row)
}

async fn mark(session: Session, rows: &[OutRow], posting: &Posting, state: OutState) -> Result<(), Fault> {
    let vault = session.vault().ok_or(Fault::Closed)?;
    let mut outbox = rows.to_vec();
    let change = posting.ops.iter().fold(Change::none(), |change, (op, _)| change.and(restate(&mut outbox, *op, state)));
    vault.commit(change).await?;
    session.outbox.try_set(outbox);
    Ok(())
}

fn pause() -> u64 {
    let failures = FAILURES.get();
    FAILURES.set(failures.saturating_add(1));
    client::pause_ms(failures, &mut Browser)
}
