//! When the outbox is emptied: at the start, when the network or the page comes back, every minute while visible, on the button.
//!
//! One sender at a time for all tabs (the Web Lock `sync:<vault>`). What may be claimed afterwards is only what was stored; what the
//! answer means is for `sync::client` to say.

use std::{cell::Cell, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use store::{Change, Fault, Vault};
use sync::{
    client::{self, Line, Mail, Next, OutRow, Posting, Reply, View},
    kind::Class,
};
use wasm_bindgen::{JsCast, closure::Closure};

use crate::{
    clock,
    ids::Browser,
    net::{self, Reached},
    program,
    session::{Session, open_session},
};

/// Between two looks for what is new while nothing waits to be sent, in ticks of a minute.
const LOOKS: u32 = 10;

thread_local! {
    static RUNNING: Cell<bool> = const { Cell::new(false) };
    /// Asked for while a cycle ran, which may have looked at the outbox for the last time.
    static AGAIN: Cell<bool> = const { Cell::new(false) };
    static LINE: Cell<Line> = Cell::default();
    static NEXT: Cell<Option<TimeoutHandle>> = const { Cell::new(None) };
    static TICKS: Cell<u32> = const { Cell::new(0) };
}

/// Listens for the network to come back and looks every minute; once for the life of the page.
pub fn watch() {
    let online = Closure::<dyn Fn()>::new(wake);
    drop(window().add_event_listener_with_callback("online", online.as_ref().unchecked_ref()));
    online.forget();
    set_interval(
        || {
            if !document().hidden() && NEXT.get().is_none() {
                let ticks = TICKS.get() + 1;
                TICKS.set(ticks);
                start(ticks.is_multiple_of(LOOKS));
            }
        },
        Duration::from_secs(60),
    );
}

/// Something changed for the better: forget the pause and try now.
pub fn wake() {
    let line = LINE.get();
    LINE.set(Line { failures: 0, ..line });
    AGAIN.set(RUNNING.get());
    start(true);
}

/// Starts a cycle, with a letter even if nothing waits when `look` says so.
fn start(look: bool) {
    if let Some(handle) = NEXT.take() {
        handle.clear();
    }
    let Some(session) = open_session() else { return };
    if RUNNING.get() {
        return;
    }
    RUNNING.set(true);
    spawn_local(async move {
        let pause = cycle(session, look).await;
        RUNNING.set(false);
        session.sending.try_set(false);
        if AGAIN.take() {
            start(true);
        } else if let Some(pause) = pause {
            NEXT.set(
                set_timeout_with_handle(
                    || {
                        NEXT.set(None);
                        start(false);
                    },
                    Duration::from_millis(pause),
                )
                .ok(),
            );
        }
    });
}

/// Letters until nothing sendable is left and nothing new waits. Gives back the pause before the next try, if one is due.
async fn cycle(session: Session, mut look: bool) -> Option<u64> {
    let vault = session.vault()?;
    let _sender = vault.sender_lock().await?;
    let mut cost = 0;
    hear_the_answer(session, &vault).await.ok()?;
    loop {
        session.catch_up(&vault).await.ok()?;
        let identity = session.identity.get_untracked()?;
        let rows = session.outbox.get_untracked();
        let sends = rows.iter().any(OutRow::is_sendable);
        let looks = look && identity.class() > Class::C0;
        if !(sends || looks) {
            return None;
        }
        let mail = vault.read_mail().await.ok()?;
        session.line.try_update(|line| line.mail = mail.clone());
        let posting = client::letter(&identity, &rows, &mail, LINE.get().target, &mut Browser);
        session.sending.try_set(sends);
        let reached = net::post_letter(&session.config.get_untracked(), posting.bytes.clone()).await;
        session.sending.try_set(false);
        cost += posting.bytes.len();
        let reply = match reached {
            Reached::Nobody => {
                if sends {
                    let letter = client::ready(&identity, &rows, &mail, &mut Browser);
                    net::lay(&session.config.get_untracked(), vault.db_id(), letter).await;
                }
                Reply::Foreign
            }
            Reached::Answer { status, body } => {
                cost += body.len();
                client::answer(&identity, &posting, status, &body)
            }
        };
        if let Reply::Answered(answered) = &reply {
            net::take_back(vault.db_id()).await;
            session.line.try_update(|line| {
                line.cost = cost;
                line.skew = answered.foot.server_time.abs_diff(clock::seconds());
            });
        }
        if sends {
            session.reply_words.try_set(reply.words());
        }
        match conclude(session, &vault, &mail, &posting, &reply).await.ok()? {
            Next::Again => look = true,
            Next::Pause(pause) => return sends.then_some(pause),
            Next::Rest if session.keep(false).await => look = false,
            Next::Rest | Next::Stop => return None,
        }
    }
}

/// Takes in what was answered to a letter that was posted while the app was closed, as if it had come just now.
async fn hear_the_answer(session: Session, vault: &Vault) -> Result<(), Fault> {
    session.catch_up(vault).await?;
    // Only where something still waits for its receipt: a letter was laid ready for nothing else.
    if !session
        .outbox
        .with_untracked(|rows| rows.iter().any(OutRow::is_sendable))
    {
        return Ok(());
    }
    let Some((letter, body)) = net::answered(vault.db_id()).await else {
        return Ok(());
    };
    let mail = vault.read_mail().await?;
    if let (Some(posting), Some(identity)) = (Posting::laid(letter, &mail), session.identity.get_untracked()) {
        let reply = client::answer(&identity, &posting, 200, &body);
        if matches!(reply, Reply::Answered(_)) {
            session
                .line
                .try_update(|line| line.cost = posting.bytes.len() + body.len());
            conclude(session, vault, &mail, &posting, &reply).await?;
        }
    }
    net::take_back(vault.db_id()).await;
    Ok(())
}

/// Writes what a reply changes, in one transaction, and only then shows it.
async fn conclude(
    session: Session,
    vault: &Vault,
    mail: &Mail,
    posting: &Posting,
    reply: &Reply,
) -> Result<Next, Fault> {
    // As it stands now: something may have been cut while the letter was under way, and the counter must not go back.
    session.catch_up(vault).await?;
    let mut identity = session.identity.get_untracked().ok_or(Fault::Closed)?;
    // What came from the endpoint lies in the vault only: no status line needs it.
    let (mut kept, mut pulled) = vault.read_ops().await?;
    let mut outbox = session.outbox.get_untracked();
    let view = View {
        outbox: &outbox,
        kept: &kept,
        pulled: &pulled,
        mail,
    };
    let mut line = LINE.get();
    let (mut new, next) = client::conclude(&mut identity, view, &mut line, posting, reply, &mut Browser);
    if let Some(more) = program::more() {
        (more.open)(&identity, &mut new);
    }
    LINE.set(line);
    let rows = new.kept.iter().map(Change::receipt);
    let rows = rows.chain(new.pulled.iter().map(Change::pulled));
    let rows = rows.chain(new.outbox.iter().map(Change::out_row));
    let mut change = rows.fold(Change::mail(&new.mail), Change::and);
    if new.identity {
        // Before the commit is awaited, for the same reason.
        session.identity.try_set(Some(identity.clone()));
        session.role.try_set(identity.role());
        change = change.and(Change::identity(&identity));
    }
    vault.commit(change).await?;
    let arrived = !(new.pulled.is_empty() && new.kept.is_empty());
    for op in new.kept {
        kept.retain(|each| each.out.op_id != op.out.op_id);
        kept.push(op);
    }
    // What was cut while the change was written stays in the list.
    outbox = session.outbox.get_untracked();
    outbox.retain(|row| !new.done.contains(&row.out.op_id));
    restate(&mut outbox, new.outbox);
    session.outbox.try_set(outbox);
    session.kept.try_set(kept);
    session.line.try_update(|line| line.mail = new.mail);
    pulled.extend(new.pulled);
    session.hear(&pulled);
    if let Some(more) = program::more().filter(|_| arrived) {
        (more.arrived)(session);
    }
    Ok(next)
}

fn restate(outbox: &mut Vec<OutRow>, rows: Vec<OutRow>) {
    for row in rows {
        match outbox.iter_mut().find(|each| each.out.op_id == row.out.op_id) {
            Some(each) => *each = row,
            None => outbox.push(row),
        }
    }
}
