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
use crate::op::Op;
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

/// Named alone is not enough: what concerns candidates, a mentor has only while assigned to one of them, and a candidate only when it is
/// one of them. That it was erased, everybody named is told. A case says only inside the seal whom it is about.
fn withheld(
    s: &mut Session<'_>,
    me: &AccountRow,
    row: &OpRow,
    mine: &mut BTreeMap<AccountId, bool>,
) -> Result<bool, Stop> {
    let content = row.body.as_ref().is_some_and(|body| !body.is_empty());
    let concerned = match Kind::from_number(row.kind) {
        Some(kind) if content => concerned(s, kind, row)?,
        _ => return Ok(false),
    };
    for account in &concerned {
        let is_mine = match mine.get(account) {
            Some(is_mine) => *is_mine,
            None => *account == me.id || (me.role == Role::Mentor && effect::is_assigned(s.store, account, &me.id)?),
        };
        mine.insert(*account, is_mine);
        if is_mine {
            return Ok(false);
        }
    }
    Ok(!concerned.is_empty())
}

/// The candidates whom an op is about: who wrote it or what it carries on; else who is named in it.
fn concerned(s: &mut Session<'_>, kind: Kind, row: &OpRow) -> Result<Vec<AccountId>, Stop> {
    if !matches!(kind, Kind::HandIn | Kind::Annotation | Kind::Status | Kind::Forward) {
        return Ok(Vec::new());
    }
    let Ok(op) = Op::from_parts(row.header.clone(), row.sig) else {
        return Ok(Vec::new());
    };
    let author = match op.header().about.filter(|_| kind == Kind::Forward) {
        None => Some(row.account),
        Some(original) => s.store.op(&original)?.map(|original| original.account),
    };
    if let Some(author) = author
        && is_candidate(s, &author)?
    {
        return Ok(vec![author]);
    }
    let mut concerned = Vec::new();
    for principal in op
        .header()
        .to
        .iter()
        .filter(|_| kind != Kind::Forward || author.is_none())
    {
        let account = AccountId(principal.0);
        if is_candidate(s, &account)? {
            concerned.push(account);
        }
    }
    Ok(concerned)
}

fn is_candidate(s: &mut Session<'_>, account: &AccountId) -> Result<bool, Stop> {
    let account = s.store.account(account)?;
    Ok(account.is_some_and(|account| account.role == Role::Candidate))
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
