//! What is new for the sender: rows, the keys behind them, the branch set (sync protocol §9, "Pull").
//!
//! Invariant: who is served is judged now, not when the op was stored; at least one row, then up to the bytes wanted; serving the
//! content of a sealed op to somebody else than its author leaves a line in the log, and its author may ask for those lines. Not here: merging (the phone's work).

use super::effect;
use super::session::{Session, Stop};
use super::store::{AccountRow, OpRow};
use crate::access::{Access, MAX_LINES};
use crate::answer::{Author, Row, Standing};
use crate::branch::SignedSet;
use crate::id::{AccountId, DeviceId, OpId, Principal};
use crate::kind::{Kind, Role};
use crate::shape;
use std::collections::{BTreeMap, BTreeSet};

/// Rows read from the database at a time.
const BATCH: usize = 64;

/// One page of rows.
#[derive(Default)]
pub(super) struct Page {
    pub rows: Vec<Row>,
    pub authors: Vec<Author>,
    pub cursor: u64,
    pub more: bool,
}

/// The rows after `cursor` that the sender may have, about `wanted` bytes of them; not those it has just shown to hold.
pub(super) fn page(s: &mut Session<'_>, cursor: u64, wanted: u32, held_there: &BTreeSet<OpId>) -> Result<Page, Stop> {
    let mut page = Page {
        cursor,
        ..Page::default()
    };
    let Some(me) = s.account.clone().filter(|_| wanted > 0) else {
        return Ok(page);
    };
    let active = me.standing == Standing::Active;
    let mut principals = vec![Principal::from(me.id)];
    if active {
        principals.push(Principal::EVERYBODY);
    }
    if active && me.role == Role::Secretary {
        principals.push(me.branch.into());
    }
    let (mut left, mut devices, mut mine) = (u64::from(wanted), BTreeSet::new(), BTreeMap::new());
    loop {
        let batch = s.store.rows(&me.branch, &principals, page.cursor, BATCH)?;
        let last = batch.len() < BATCH;
        for row in batch {
            let foreign = row.account != me.id;
            let withheld = foreign && me.role != Role::Secretary && withheld(s, &me, &row, &mut mine)?;
            if withheld || held_there.contains(&row.op_id) {
                page.cursor = row.server_seq;
                continue;
            }
            let size = row.header.len() as u64 + row.body.as_ref().map_or(0, Vec::len) as u64 + 96;
            if size > left && !page.rows.is_empty() {
                page.more = true;
                page.authors = authors(s, devices)?;
                return Ok(page);
            }
            left = left.saturating_sub(size);
            page.cursor = row.server_seq;
            devices.insert(row.device);
            let content = row.body.as_ref().is_some_and(|body| !body.is_empty());
            if foreign && content && Kind::from_number(row.kind).is_some_and(Kind::sealed) {
                effect::log(s, "serve", row.op_id)?;
            }
            page.rows.push(wire(row));
        }
        if last {
            page.authors = authors(s, devices)?;
            return Ok(page);
        }
    }
}

/// What a candidate wrote, a mentor whom it names has only while assigned. That it was erased, everybody named is told.
fn withheld(
    s: &mut Session<'_>,
    me: &AccountRow,
    row: &OpRow,
    mine: &mut BTreeMap<AccountId, bool>,
) -> Result<bool, Stop> {
    let content = row.body.as_ref().is_some_and(|body| !body.is_empty());
    let kind = Kind::from_number(row.kind);
    if !content || !matches!(kind, Some(Kind::HandIn | Kind::Annotation)) {
        return Ok(false);
    }
    if let Some(mine) = mine.get(&row.account) {
        return Ok(!mine);
    }
    let author = s.store.account(&row.account)?;
    let by_candidate = author.is_none_or(|author| author.role == Role::Candidate);
    let assigned = me.role == Role::Mentor && effect::is_assigned(s.store, &row.account, &me.id)?;
    let is_mine = !by_candidate || assigned;
    mine.insert(row.account, is_mine);
    Ok(!is_mine)
}

fn wire(row: OpRow) -> Row {
    let state = Some(u64::from(row.state.number())).filter(|state| *state != 0);
    Row {
        server_seq: row.server_seq,
        header: row.header,
        sig: row.sig,
        body: row.body,
        server_time: row.server_time,
        state,
    }
}

fn authors(s: &mut Session<'_>, devices: BTreeSet<DeviceId>) -> Result<Vec<Author>, Stop> {
    let mut out = Vec::with_capacity(devices.len());
    for id in devices {
        let Some(device) = s.store.device(&id)? else { continue };
        let Some(account) = s.store.account(&device.account)? else {
            continue;
        };
        let (age_pub, sign_pub) = (account.age_pub, account.sign_pub);
        out.push(Author {
            device_pub: device.device_pub,
            age_pub,
            sign_pub,
            certificate: device.certificate,
        });
    }
    Ok(out)
}

/// Who else was given what the sender wrote, by the lines of the log after this one.
pub(super) fn accesses(s: &mut Session<'_>, after: u64) -> Result<Vec<Access>, Stop> {
    Ok(match s.account.clone() {
        Some(me) => s.store.accesses(&me.id, after, MAX_LINES)?,
        None => Vec::new(),
    })
}

/// The branch set, when the sender holds an older one.
pub(super) fn newer_set(s: &mut Session<'_>, held: u64) -> Result<Option<SignedSet>, Stop> {
    if s.account.is_none() || s.branch.set_version <= held {
        return Ok(None);
    }
    let body = s.store.op(&s.branch.set_op)?.and_then(|row| row.body);
    Ok(body.and_then(|body| shape::whole(&body).ok()))
}
