//! What must hold, judged from outside: by the endpoint's durable rows, by the rows on each phone, and by what people typed.
//!
//! Invariant: every breach begins with the name of what was broken. Not here: how the schedule runs (`run`).

use super::phone::Phone;
use crate::Fields;
use crate::body::{Assignment, Status, keyed_record};
use crate::client::Identity;
use crate::endpoint::OpRow;
use crate::endpoint::memory::Tables;
use crate::id::{AccountId, Epoch, OpId};
use crate::kind::{Kind, Role};
use crate::label::{Facts, Sending, Version, label};
use crate::merge::{Node, Text, fold, leaves};
use crate::op::Op;
use crate::seal::safe;
use std::collections::{BTreeMap, BTreeSet};

/// What a person typed, and what a person decided against while it was on the screen.
#[derive(Clone, Default)]
pub struct Person {
    /// Value to path.
    pub typed: BTreeMap<String, String>,
    /// Replaced, or not wanted.
    pub replaced: BTreeSet<String>,
}

/// I2 and "nothing is lost": every receipt stands for a row, every op that was cut is still somewhere.
pub fn phone(phone: &Phone, durable: &Tables) -> Result<(), String> {
    let (memory, epoch) = (&phone.memory, Epoch(durable.epoch));
    for row in memory.kept.iter().filter(|row| row.confirmed == epoch) {
        let held = durable.ops.get(&row.out.op_id);
        if held.is_none_or(|held| held.op_hash != row.out.op_hash) {
            return Err(format!("I2: a receipt without its op {}", row.out.op_id));
        }
    }
    let outbox = memory.outbox.iter().map(|row| row.out.op_id);
    let known: BTreeSet<OpId> = outbox.chain(memory.kept.iter().map(|row| row.out.op_id)).collect();
    if let Some(id) = phone.cut.iter().find(|id| !known.contains(id)) {
        return Err(format!("lost: {id} is neither in the outbox nor kept with a receipt"));
    }
    if let Some(id) = phone.blind.iter().find(|id| durable.ops.contains_key(id)) {
        return Err(format!(
            "waste: the body of {id} was sent again although the endpoint held it"
        ));
    }
    if phone.counted_twice {
        return Err("I3: one phone used a place in its own counting twice".to_owned());
    }
    Ok(())
}

/// I3: one op, one effect. Numbers rise, and each account holds exactly the bytes of its ops (an effect taken twice would double
/// them; the join alone is not counted).
pub fn endpoint(durable: &Tables) -> Result<(), String> {
    if durable.order.len() != durable.ops.len() {
        return Err("I3: an op stands twice in the order".to_owned());
    }
    let mut last = 0;
    let mut bytes: BTreeMap<_, u64> = BTreeMap::new();
    for row in durable.order.iter().filter_map(|(id, _)| durable.ops.get(id)) {
        if row.server_seq <= last || row.server_seq > durable.seq {
            return Err(format!(
                "I3: number {} after {last}, counter {}",
                row.server_seq, durable.seq
            ));
        }
        last = row.server_seq;
        let size = row.header.len() as u64 + row.body_len();
        let counted = u64::from(row.kind != Kind::Join.number()) * size;
        *bytes.entry(row.account).or_default() += counted;
    }
    for account in durable.accounts.values() {
        let expected = bytes.get(&account.id).copied().unwrap_or(0);
        if account.bytes != expected {
            return Err(format!(
                "I3: account holds {} bytes instead of {expected}",
                account.bytes
            ));
        }
    }
    Ok(())
}

/// I5: what the endpoint holds of a person's record folds to the text on each of the phones.
pub fn folded(who: &Identity, phone: &Phone, durable: &Tables) -> Result<Text, String> {
    let record = phone.memory.draft.record_id;
    let secret = who.account().age_secret();
    let (mut nodes, mut texts) = (vec![], BTreeMap::new());
    for row in durable
        .records
        .get(&record)
        .into_iter()
        .flatten()
        .filter_map(|id| durable.ops.get(id))
    {
        let op = Op::from_parts(row.header.clone(), row.sig).map_err(|_| "I5: a header that cannot be read")?;
        let header = op.header();
        if let Some(body) = &row.body {
            let plain = safe::open(body, secret).map_err(|fault| format!("I5: {fault}"))?;
            let (fields, kept) = (plain.fields, plain.kept);
            texts.insert(row.op_id, Text { fields, kept });
        }
        nodes.push(Node {
            op: row.op_id,
            bases: header.base.iter().chain(&header.also).copied().collect(),
            has_text: row.body.is_some() && header.verb == 0,
        });
    }
    let found = leaves(&nodes);
    let of_leaves = found
        .texts
        .iter()
        .filter_map(|id| Some((*id, texts.get(id)?.clone())))
        .collect();
    Ok(fold(&of_leaves, found.ancestor.and_then(|id| texts.get(&id))))
}

/// I5: every phone of a person shows the same, and it is what the endpoint's ops fold to.
pub fn converged(phone: &Phone, text: &Text) -> Result<(), String> {
    let draft = &phone.memory.draft;
    if draft.dirty || draft.fields != text.fields || draft.kept != text.kept {
        return Err(format!(
            "I5: a phone shows {:?} {:?} instead of {text:?}",
            draft.fields, draft.kept
        ));
    }
    Ok(())
}

/// What was erased has no content any more, however often and from wherever it came again.
pub fn stays_erased(durable: &Tables) -> Result<(), String> {
    for row in durable
        .ops
        .values()
        .filter(|row| row.body.as_ref().is_some_and(Vec::is_empty))
    {
        let op = Op::from_parts(row.header.clone(), row.sig).ok();
        let target = op.and_then(|op| op.header().about).and_then(|id| durable.ops.get(&id));
        if let Some(target) = target.filter(|target| target.body.is_some()) {
            return Err(format!("erased: the content of {} is back", target.op_id));
        }
    }
    Ok(())
}

/// An older app never goes on from a newer app's version.
pub fn schemas(durable: &Tables) -> Result<(), String> {
    let header = |row: &OpRow| {
        Op::from_parts(row.header.clone(), row.sig)
            .map(|op| op.header().clone())
            .ok()
    };
    for header_of in durable.ops.values().filter_map(|row| header(row)) {
        let bases = header_of.base.iter().chain(&header_of.also);
        let mut bases = bases
            .filter_map(|base| durable.ops.get(base))
            .filter_map(|row| header(row));
        if let Some(newer) = bases.find(|base| base.schema > header_of.schema) {
            return Err(format!(
                "schema: {} goes on from the newer {}",
                header_of.op_id, newer.op_id
            ));
        }
    }
    Ok(())
}

/// A mentor or a secretary holds everything that the endpoint would serve to them, and reads what is sealed to them.
pub fn served(phone: &Phone, durable: &Tables) -> Result<(), String> {
    let memory = &phone.memory;
    let own = memory.who.account_id();
    let reads_branch = memory.who.role() == Role::Secretary;
    for (id, to) in &durable.order {
        let row = &durable.ops[id];
        let named = to.contains(&own.into()) || (reads_branch && to.contains(&row.branch.into()));
        let body = row.body.as_ref().is_some_and(|body| !body.is_empty());
        // A forward is whose it carries on, where that is known.
        let hand_in = match Kind::from_number(row.kind) {
            Some(Kind::HandIn) => Some(row),
            Some(Kind::Forward) => Op::from_parts(row.header.clone(), row.sig)
                .ok()
                .and_then(|op| durable.ops.get(&op.header().about?)),
            _ => None,
        };
        let assigned = reads_branch || hand_in.is_none_or(|row| assigned(durable, &row.account, &own));
        let held = memory.pulled.iter().find(|one| one.out.op_id == *id);
        if row.account != own && named && body && assigned && held.is_none_or(|one| one.whole && one.opened.is_none()) {
            let sealed = Kind::from_number(row.kind).is_some_and(Kind::sealed);
            if held.is_none() || sealed {
                return Err(format!("I5: {id} of kind {} was not served, or is not read", row.kind));
            }
        }
    }
    Ok(())
}

fn assigned(durable: &Tables, candidate: &AccountId, mentor: &AccountId) -> bool {
    let record = Assignment::record(candidate, mentor);
    let ops = durable.records.get(&record).into_iter().flatten();
    let leaves = ops.filter(|id| !durable.bases.contains(&(record, **id)));
    let bodies: Vec<Assignment> = leaves
        .filter_map(|id| crate::shape::whole(durable.ops.get(id)?.body.as_ref()?).ok())
        .collect();
    !bodies.is_empty() && bodies.iter().all(|body| body.to.is_none())
}

/// The word of the branch on a phone is the last one that the endpoint holds.
pub fn heard(phone: &Phone, durable: &Tables) -> Result<(), String> {
    let who = &phone.memory.who;
    let record = keyed_record(Kind::Status, who.account_id().as_bytes());
    let ops = durable.records.get(&record).into_iter().flatten();
    let leaves = ops.filter(|id| !durable.bases.contains(&(record, **id)));
    let last = leaves
        .filter_map(|id| durable.ops.get(id))
        .max_by_key(|row| row.server_seq);
    let said = last.and_then(|row| crate::shape::whole::<Status>(row.body.as_ref()?).ok());
    let heard = crate::client::word_of_branch(who, &phone.memory.pulled).map(|(status, _)| status);
    if said == heard {
        Ok(())
    } else {
        Err(format!("I5: a phone says {heard:?} of the branch instead of {said:?}"))
    }
}

/// I4: every value that somebody typed is shown, kept, or was replaced by a person who saw it.
pub fn nothing_lost(person: &Person, text: &Text, excused: &BTreeSet<&String>) -> Result<(), String> {
    let holds = |path: &String, value: &String| {
        let is_kept = |kept: &crate::body::plain::KeptValue| kept.path == *path && kept.text == *value;
        text.fields.get(path) == Some(value) || text.kept.iter().any(is_kept)
    };
    let missing = person
        .typed
        .iter()
        .find(|(value, path)| !person.replaced.contains(*value) && !excused.contains(value) && !holds(path, value));
    match missing {
        Some((value, path)) => Err(format!("I4: {value} at {path} is neither shown nor kept")),
        None => Ok(()),
    }
}

/// I9: "Chi bộ đã nhận" is shown only when the endpoint holds exactly the text that is on the screen.
pub fn honest(phone: &Phone, durable: &Tables) -> Result<(), String> {
    let memory = &phone.memory;
    let facts = Facts {
        on_screen: memory.draft.revision,
        committed: memory.draft.revision,
        write_failed: false,
        has_vault: true,
        editable: true,
        enrolled: true,
        posting: false,
        changed: memory.draft.is_changed(),
        version: Version::of(&memory.draft, &memory.outbox, &memory.kept, &memory.mail),
        word: None,
    };
    if !matches!(label(&facts).sending, Sending::Received { .. }) {
        return Ok(());
    }
    let Some(id) = memory.draft.handed_in else {
        return Err("I9: shown as received without a hand-in".to_owned());
    };
    let kept = memory.kept.iter().find(|row| row.out.op_id == id);
    let op = kept.and_then(|row| Op::read(&row.out.bytes).ok());
    let op = op.ok_or("I9: shown as received without the op")?;
    let plain = safe::open(op.body(), memory.who.account().age_secret()).map_err(|fault| format!("I9: {fault}"))?;
    let fields: &Fields = &memory.draft.fields;
    let held = durable.ops.get(&id).is_some_and(|row| row.op_hash == op.hash());
    let lost_by_restore = kept.is_some_and(|row| row.confirmed != Epoch(durable.epoch));
    if plain.fields == *fields && (held || lost_by_restore) {
        Ok(())
    } else {
        Err("I9: shown as received, but another text is held".to_owned())
    }
}
