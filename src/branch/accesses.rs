//! Who was given what a candidate handed in: asked of the endpoint with letters of their own, kept in the vault, readable without a network.
//!
//! Invariant: what the page shows was signed by the endpoint and is stored; asking sends nothing else and moves nothing. Nothing is asked
//! before somebody agreed to connect, or after they took that back. Not here: drawing (`screen::accesses`).

use std::cell::Cell;

use app::{
    ids::Browser,
    net::{self, Reached},
    session::{Role, Session},
};
use leptos::task::spawn_local;
use store::Change;
use sync::{
    client::{Identity, Looked, Outgoing, Pulled, Register},
    id::OpId,
    kind::{Class, Kind},
    spelling::{base64url, unbase64url},
};

use crate::text::accesses as words;

/// The setting of the vault that keeps the register.
const REGISTER: &str = "accesses";
/// Answers read at one go; each holds hundreds of lines.
const ANSWERS: usize = 16;

thread_local! {
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Something of the person's, and who was given a copy.
pub struct Piece {
    /// What it is.
    pub kind: Option<Kind>,
    /// When the endpoint stored it (seconds since 1970-01-01 UTC); `None`: this phone does not hold it.
    pub stored: Option<u64>,
    /// Who, as far as this phone was told.
    pub readers: Vec<Looked>,
}

/// What this phone was told until `asked` (seconds since 1970-01-01 UTC; 0: never).
#[derive(Default)]
pub struct Told {
    /// The endpoint's clock at its last answer.
    pub asked: u64,
    /// The newest first.
    pub pieces: Vec<Piece>,
}

/// A session began: asks once, so that the answer is there when the network is not.
pub fn begun(session: Session) {
    if session.role.get_untracked() == Role::Candidate && !ASKED.replace(true) {
        spawn_local(async move { drop(ask(session).await) });
    }
}

/// The vault was locked: the next one asks for itself.
pub fn closed() {
    ASKED.set(false);
}

async fn kept(session: Session) -> Option<Register> {
    let text = session.vault()?.read_setting(REGISTER).await.ok()??;
    Register::decode(&unbase64url(&text)?).ok()
}

/// What the vault holds.
pub async fn told(session: Session) -> Told {
    let (Some(who), Some(rows)) = (session.identity.get_untracked(), session.rows().await) else {
        return Told::default();
    };
    let register = kept(session).await.unwrap_or_default();
    let (own, pulled) = (session.kept.get_untracked(), rows.pulled);
    let here = own.iter().map(|row| (&row.out, row.first.server_time));
    let there = pulled
        .iter()
        .filter(|row| row.account == who.account_id())
        .map(|row| (&row.out, row.server_time));
    let all: Vec<(&Outgoing, u64)> = here.chain(there).collect();
    let mut ops = register.ops();
    let handed_in =
        |out: &Outgoing| out.kind() == Some(Kind::HandIn) && out.read().is_some_and(|op| op.header().verb == 0);
    for (out, _) in all.iter().filter(|(out, _)| handed_in(out)) {
        if !ops.contains(&out.op_id) {
            ops.push(out.op_id);
        }
    }
    let mut pieces: Vec<Piece> = ops.iter().map(|op| piece(&register, op, &who, &pulled, &all)).collect();
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.stored));
    Told {
        asked: register.asked,
        pieces,
    }
}

fn piece(register: &Register, op: &OpId, who: &Identity, pulled: &[Pulled], own: &[(&Outgoing, u64)]) -> Piece {
    let found = own.iter().find(|(out, _)| out.op_id == *op);
    Piece {
        kind: found.and_then(|(out, _)| out.kind()),
        stored: found.map(|(_, stored)| *stored),
        readers: register.readers(op, who, pulled),
    }
}

/// Asks the endpoint and keeps what it tells.
///
/// # Errors
/// In words: not connected, no answer, or the disk did not take it.
pub async fn ask(session: Session) -> Result<(), String> {
    let who = session.identity.get_untracked().ok_or(words::NOT_CONNECTED)?;
    if who.class() == Class::C0 {
        return Err(words::NOT_CONNECTED.to_owned());
    }
    let vault = session.vault().ok_or(words::NOT_CONNECTED)?;
    let config = session.config.get_untracked();
    let mut register = kept(session).await.unwrap_or_default();
    for _ in 0..ANSWERS {
        let posting = register.ask(&who, &mut Browser);
        let Reached::Answer { status: 200, body } = net::post_letter(&config, posting.bytes.clone()).await else {
            return Err(words::NO_ANSWER.to_owned());
        };
        let more = register.take(&who, &posting, &body).map_err(|_| words::NO_ANSWER)?;
        let change = Change::setting(REGISTER, &base64url(&register.encode()));
        vault.commit(change).await.map_err(|fault| fault.words())?;
        if !more {
            break;
        }
    }
    Ok(())
}
