//! Courier files on this device: packed for somebody who travels, taken in for others and brought to the endpoint, brought home.
//!
//! Invariant: a file is given away only after its row is stored, an envelope is delivered only when its answer is stored, and one sender
//! works at a time among all tabs. Not here: drawing (`screen::courier`), what the core makes of a file (`sync::client`).

use std::{cell::Cell, rc::Rc, time::Duration};

use app::{
    held::Held,
    ids::Browser,
    net::{self, Reached},
    session::{Session, acts::now, open_session},
};
use leptos::{prelude::*, task::spawn_local};
use store::{Change, Vault};
use sync::{
    armour,
    client::{self, CarryFault, Fare, Load, OutRow, OutState, Packed, Stock, View},
    container::FileFault,
    label::courier as label,
    parcel::Parcel,
};

use crate::{pages, text::courier as words};

/// Between two looks whether something can be delivered.
const EVERY: Duration = Duration::from_secs(20);

/// What lies in the store of parcels.
#[derive(Default)]
pub struct Parcels {
    /// Packed here.
    pub packed: Vec<Packed>,
    /// Carried for others.
    pub loads: Vec<Load>,
}

/// A parcel ready to be given away.
#[derive(Clone, PartialEq)]
pub struct Ready {
    /// What it is called, for people and in the file's name.
    pub number: u64,
    /// The file.
    pub file: Vec<u8>,
}

thread_local! {
    /// With the owner that keeps it as long as the page lives.
    static PARCELS: (Owner, Held<Rc<Parcels>>) = {
        let owner = Owner::new();
        let held = owner.with(|| Held::new(Rc::default()));
        (owner, held)
    };
    static WATCHES: Cell<bool> = const { Cell::new(false) };
    static FAILURES: Cell<u32> = const { Cell::new(0) };
    /// Ticks to let pass before the next try.
    static REST: Cell<u64> = const { Cell::new(0) };
}

/// What is there now; pages follow it.
pub fn parcels() -> Held<Rc<Parcels>> {
    PARCELS.with(|(_, held)| *held)
}

/// A session began, or rows came: the rows are read, and what is carried is delivered when its time comes.
pub fn arrived(session: Session) {
    spawn_local(async move { drop(read(session).await) });
    if !WATCHES.replace(true) {
        set_interval(tick, EVERY);
        // As long as the page lives.
        drop(window_event_listener_untyped("online", |_| {
            FAILURES.set(0);
            REST.set(0);
            tick();
        }));
    }
}

/// Nothing of it stays in memory behind a lock.
pub fn closed() {
    parcels().set(Rc::default());
}

async fn read(session: Session) -> Result<(), String> {
    let vault = session.vault().ok_or(words::NOT_CONNECTED)?;
    let (packed, loads) = vault.read_parcels().await.map_err(|fault| fault.words())?;
    parcels().set(Rc::new(Parcels { packed, loads }));
    Ok(())
}

async fn commit(session: Session, vault: &Vault, change: Change) -> Result<(), String> {
    vault.commit(change).await.map_err(|fault| fault.words())?;
    read(session).await
}

/// Packs everything that has no receipt, the newest text included.
///
/// # Errors
/// In words: not connected, or the disk did not take it; then no file was made.
pub async fn pack(session: Session) -> Result<Ready, String> {
    session.keep(true).await;
    session.settle_down().await?;
    let vault = session.vault().ok_or(words::NOT_CONNECTED)?;
    let who = session.identity.get_untracked().ok_or(words::NOT_CONNECTED)?;
    let (kept, pulled) = vault.read_ops().await.map_err(|fault| fault.words())?;
    let mail = vault.read_mail().await.map_err(|fault| fault.words())?;
    let outbox = session.outbox.get_untracked();
    let view = View {
        outbox: &outbox,
        kept: &kept,
        pulled: &pulled,
        mail: &mail,
    };
    read(session).await?;
    let last = parcels().with_untracked(|parcels| parcels.packed.last().map_or(0, |packed| packed.number));
    let packed = client::pack(&who, view, last + 1, now(), &mut Browser);
    let (parcel, packed) = packed.map_err(|_| words::NO_KEY)?;
    let row = vault
        .parcel(&packed.id, Some(packed.encode()))
        .map_err(|fault| fault.words())?;
    commit(session, &vault, row).await?;
    Ok(Ready {
        number: packed.number,
        file: parcel.encode(),
    })
}

/// Takes a file, or the same as text: one's own that came back, or one to carry. What is to be told.
///
/// # Errors
/// In words; then nothing changed.
pub async fn take(session: Session, bytes: &[u8]) -> Result<String, String> {
    let text = std::str::from_utf8(bytes).ok().and_then(armour::read);
    let file = text.as_deref().unwrap_or(bytes);
    let refused = |fault| label::refused(fault).to_owned();
    let parcel = Parcel::decode(file).map_err(|fault: FileFault| refused(fault.into()))?;
    session.settle_down().await?;
    read(session).await?;
    if parcel.is_back() {
        return bring_home(session, &parcel).await;
    }
    let vault = session.vault().ok_or(words::NOT_CONNECTED)?;
    let who = session.identity.get_untracked().ok_or(words::NOT_CONNECTED)?;
    let here = parcels().get_untracked();
    let stock = Stock {
        packed: &here.packed,
        loads: &here.loads,
    };
    let (load, leaving) = stock.take(&who, file, now()).map_err(refused)?;
    let mut change = vault.parcel(&load.parcel.id, Some(load.encode()));
    for id in leaving {
        change = change.and_then(|change| Ok(change.and(vault.parcel(&id, None)?)));
    }
    commit(session, &vault, change.map_err(|fault| fault.words())?).await?;
    REST.set(0);
    tick();
    Ok(words::taken_in(load.parcel.number))
}

/// What came back for a parcel of this device: each answer is stored as if it had come over the network.
async fn bring_home(session: Session, parcel: &Parcel) -> Result<String, String> {
    let foreign = || label::refused(CarryFault::Back).to_owned();
    let vault = session.vault().ok_or(words::NOT_CONNECTED)?;
    // So that no letter is concluded meanwhile.
    let _sender = vault.sender_lock().await.ok_or(words::SENDING)?;
    let mut who = session.identity.get_untracked().ok_or(words::NOT_CONNECTED)?;
    let here = parcels().get_untracked();
    let packed = here.packed.iter().find(|packed| packed.id == parcel.id);
    let mut packed = packed.cloned().ok_or_else(foreign)?;
    let homes = client::bring_home(&who, &packed, parcel);
    if homes.is_empty() {
        return Err(foreign());
    }
    let mut told = vec![];
    for home in homes {
        told.extend(home.words());
        if home.more() {
            told.push(words::MORE);
        }
        let (kept, pulled) = vault.read_ops().await.map_err(|fault| fault.words())?;
        let mail = vault.read_mail().await.map_err(|fault| fault.words())?;
        let outbox = vault.read_outbox().await.map_err(|fault| fault.words())?;
        let view = View {
            outbox: &outbox,
            kept: &kept,
            pulled: &pulled,
            mail: &mail,
        };
        let mut new = home.apply(&mut who, view, &mut packed, &mut Browser);
        new.open(&who);
        let rows = new.kept.iter().map(Change::receipt);
        let rows = rows.chain(new.pulled.iter().map(Change::pulled));
        let rows = rows.chain(new.outbox.iter().map(Change::out_row));
        let mut change = rows.fold(Change::mail(&new.mail), Change::and);
        if new.identity {
            session.identity.set(Some(who.clone()));
            session.role.set(who.role());
            change = change.and(Change::identity(&who));
        }
        let row = vault
            .parcel(&packed.id, Some(packed.encode()))
            .map_err(|fault| fault.words())?;
        commit(session, &vault, change.and(row)).await?;
        session.line.update(|line| line.mail = new.mail);
    }
    session.reread().await.map_err(|fault| fault.words())?;
    pages::arrived(session);
    told.insert(0, words::CAME_HOME);
    told.dedup();
    Ok(told.join(" "))
}

/// Drops a carried parcel.
///
/// # Errors
/// In words, when the disk did not take it.
pub async fn drop_load(session: Session, load: &Load) -> Result<(), String> {
    let vault = session.vault().ok_or(words::NOT_CONNECTED)?;
    let row = vault.parcel(&load.parcel.id, None).map_err(|fault| fault.words())?;
    commit(session, &vault, row).await
}

/// Delivers what is carried, as far as the network is there.
fn tick() {
    if let Some(rest) = REST.get().checked_sub(1) {
        REST.set(rest);
        return;
    }
    let waits = parcels().with_untracked(|parcels| parcels.loads.iter().any(|load| load.next().is_some()));
    let Some(session) = open_session().filter(|_| waits && !document().hidden()) else {
        return;
    };
    spawn_local(async move {
        match deliver(session).await {
            Some(()) => FAILURES.set(0),
            None => {
                let failures = FAILURES.get();
                FAILURES.set(failures + 1);
                let pause = Duration::from_millis(client::pause_ms(failures, &mut Browser));
                REST.set(pause.as_secs() / EVERY.as_secs());
            }
        }
    });
}

/// Envelope by envelope, after this device's own ops; nothing when it has to be tried again later.
async fn deliver(session: Session) -> Option<()> {
    let vault = session.vault()?;
    let _sender = vault.sender_lock().await?;
    expire(session, &vault).await?;
    loop {
        let own = |row: &OutRow| matches!(row.state, OutState::Waiting | OutState::SentUnknown);
        if session.outbox.with_untracked(|rows| rows.iter().any(own)) {
            return None;
        }
        let who = session.identity.get_untracked()?;
        let here = parcels().get_untracked();
        let Some(mut load) = here.loads.iter().find(|load| load.next().is_some()).cloned() else {
            return Some(());
        };
        let envelope = load.next()?.clone();
        let posting = client::carry(&who, &envelope, &mut Browser);
        let reached = net::post_letter(&session.config.get_untracked(), posting.bytes.clone()).await;
        let Reached::Answer { status, body } = reached else {
            return None;
        };
        let fare = client::fare(&who, &posting, envelope.id, status, &body);
        if matches!(fare, Fare::Later(_) | Fare::NoCarrier) {
            return None;
        }
        load.came(envelope.id, &fare);
        let row = vault.parcel(&load.parcel.id, Some(load.encode())).ok()?;
        commit(session, &vault, row).await.ok()?;
    }
}

/// What was carried for too long leaves; its sender packs again.
async fn expire(session: Session, vault: &Vault) -> Option<()> {
    let here = parcels().get_untracked();
    let stock = Stock {
        packed: &here.packed,
        loads: &here.loads,
    };
    for id in stock.expired(now()) {
        commit(session, vault, vault.parcel(&id, None).ok()?).await.ok()?;
    }
    Some(())
}
