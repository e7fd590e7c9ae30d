//! Brings a draft up to what all devices of a person wrote (sync protocol §7 K5 and §8).
//!
//! Invariant: nothing is merged into a text that was not cut: what was typed is first a version of its own, then all versions are folded.
//! The draft that comes out goes on from every leaf, so the next cut closes the conflict. Not here: the rule itself (`crate::merge`).

use super::review::secretaries;
use super::{CutFault, Identity, Outgoing, Pulled, View, keep};
use crate::body::plain::Plain;
use crate::draft::Draft;
use crate::id::{AccountId, OpId};
use crate::kind::{Kind, Role};
use crate::merge::{Leaves, Node, Text, fold, leaves};
use crate::op::{Header, MAX_ALSO};
use crate::seal::safe::{self, SealFault};
use crate::{Now, Random};
use std::collections::BTreeMap;

/// A draft that has taken in what other devices wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The draft as it goes on.
    pub draft: Draft,
    /// The version that was cut from it first: into the outbox in the same transaction, with the identity.
    pub cut: Option<Outgoing>,
}

/// What the versions of its record make of a draft; `None` when it is up to date. Where a newer app wrote one, the draft is only marked
/// ([`Draft::newer`]): it is shown, and nothing is cut from it. A text that was changed since its last cut is cut first.
///
/// # Errors
/// When cutting is not allowed, or a version was sealed in a newer format ([`SealFault::Newer`]): then the draft stays as it is.
pub fn merge(
    who: &mut Identity,
    draft: &Draft,
    view: View<'_>,
    now: Now,
    rnd: &mut dyn Random,
) -> Result<Option<Merged>, CutFault> {
    merge_with(&mut |who, draft, rnd| keep(who, draft, now, rnd), who, draft, view, rnd)
}

/// How a text that was changed is cut first.
pub(crate) type Cut<'a> = &'a mut dyn FnMut(&mut Identity, &Draft, &mut dyn Random) -> Result<Outgoing, CutFault>;

/// As [`merge`], for a record whose versions are cut in another way.
pub(super) fn merge_with(
    cut: Cut<'_>,
    who: &mut Identity,
    draft: &Draft,
    view: View<'_>,
    rnd: &mut dyn Random,
) -> Result<Option<Merged>, CutFault> {
    merge_by(leaves, cut, who, draft, view, rnd)
}

/// As [`merge_with`], by a given rule for leaves and ancestor.
pub(crate) fn merge_by(
    rule: fn(&[Node]) -> Leaves,
    cut_first: Cut<'_>,
    who: &mut Identity,
    draft: &Draft,
    view: View<'_>,
    rnd: &mut dyn Random,
) -> Result<Option<Merged>, CutFault> {
    let before = versions_of(who, draft, view);
    let schemas = before.values().map(|(header, _)| header.schema);
    let newer = schemas.max().filter(|schema| *schema > who.schema);
    let (mut merged, mut cut) = (draft.clone(), None);
    merged.newer = newer;
    let as_it_is = |merged: Draft| {
        (merged != *draft).then_some(Merged {
            draft: merged,
            cut: None,
        })
    };
    if newer.is_some() {
        return Ok(as_it_is(merged));
    }
    let mut found = rule(&nodes(&before));
    let is_base = |leaf: &OpId| draft.base == Some(*leaf) || draft.also.contains(leaf);
    // With two leaves the text also depends on what they come from, which may have been pulled, or erased, since.
    let settled = found.all.iter().all(is_base) && (draft.dirty || found.all.len() < 2);
    if found.texts.is_empty() || settled {
        return Ok(as_it_is(merged));
    }
    if merged.dirty {
        let out = cut_first(who, &merged, rnd)?;
        merged.moved_on(out.op_id);
        cut = Some(out);
    }
    let mut versions = before;
    if let Some(out) = &cut {
        versions.extend(version(out));
        found = rule(&nodes(&versions));
    }
    let text = |id: &OpId| -> Result<Option<Opened>, SealFault> {
        let Some((header, Some(body))) = versions.get(id) else {
            return Ok(None);
        };
        // Sealed to keys of before, it may have been opened while they were held.
        let plain = match opened_before(view, id) {
            Some(opened) => Plain::decode(opened).map_err(|_| SealFault::Damaged)?,
            None => safe::open(body, who.account().age_secret())?,
        };
        let fits = plain.agrees_with(header);
        Ok(fits.then(|| Opened::of(header, plain)))
    };
    let mut texts = BTreeMap::new();
    for id in &found.texts {
        if let Some(opened) = text(id)? {
            merged.handed_in = if opened.handed_in { Some(*id) } else { merged.handed_in };
            merged.form = opened.form;
            merged.about = opened.about.or(merged.about);
            texts.insert(*id, opened.text);
        }
    }
    let ancestor = match found.ancestor {
        Some(id) => text(&id)?.map(|opened| opened.text),
        None => None,
    };
    let folded = fold(&texts, ancestor.as_ref());
    let mut going_on: Vec<OpId> = found.all;
    merged.base = going_on.pop();
    going_on.reverse();
    going_on.truncate(MAX_ALSO);
    merged.also = going_on;
    merged.revision += u64::from(merged.fields != folded.fields || merged.kept != folded.kept);
    (merged.fields, merged.kept) = (folded.fields, folded.kept);
    let changed = cut.is_some() || merged != *draft;
    Ok(changed.then_some(Merged { draft: merged, cut }))
}

fn opened_before<'v>(view: View<'v>, id: &OpId) -> Option<&'v [u8]> {
    let pulled = view.pulled.iter().map(|row| (&row.out, &row.opened));
    let kept = view.kept.iter().map(|row| (&row.out, &row.opened));
    let mut found = pulled.chain(kept).filter(|(out, _)| out.op_id == *id);
    found.find_map(|(_, opened)| opened.as_deref())
}

struct Opened {
    text: Text,
    form: String,
    about: Option<AccountId>,
    handed_in: bool,
}

impl Opened {
    fn of(header: &Header, plain: Plain) -> Self {
        Self {
            text: Text {
                fields: plain.fields,
                kept: plain.kept,
            },
            form: plain.form,
            about: plain.about,
            handed_in: header.kind == Kind::HandIn.number(),
        }
    }
}

/// Header, and body where that is held.
type Version<'v> = (Header, Option<&'v [u8]>);
type Versions<'v> = BTreeMap<OpId, Version<'v>>;

fn version(out: &Outgoing) -> Option<(OpId, Version<'_>)> {
    let (header, body) = out.parts()?;
    Some((header.op_id, (header, body)))
}

fn versions_of<'v>(who: &Identity, draft: &Draft, view: View<'v>) -> Versions<'v> {
    let outbox = view.outbox.iter().map(|row| &row.out);
    let own = outbox.chain(view.kept.iter().map(|row| &row.out));
    let own_record = own.clone().filter(|out| out.record_id == draft.record_id);
    let mut versions: Versions<'v> = own_record.filter_map(version).collect();
    // A case is the work of several secretaries; anything else has one author.
    let writers = if who.role() == Role::Secretary {
        secretaries(who, view.pulled)
    } else {
        vec![]
    };
    let is_version = |row: &&Pulled| {
        row.account == who.account_id() || (row.out.kind() == Some(Kind::Case) && writers.contains(&row.account))
    };
    for row in view
        .pulled
        .iter()
        .filter(is_version)
        .filter(|row| row.out.record_id == draft.record_id)
    {
        if let Some((id, (header, body))) = version(&row.out) {
            versions.entry(id).or_insert((header, body.filter(|_| row.whole)));
        }
    }
    // What was erased says nothing any more on any phone, whether it still has the bytes or not: otherwise two phones would differ.
    for out in own.chain(view.pulled.iter().map(|row| &row.out)) {
        let single = out.record_id == out.op_id.into() && out.kind().is_some_and(Kind::erasable);
        let about = if single { out.erases() } else { None };
        if let Some((_, body)) = about.and_then(|id| versions.get_mut(&id)) {
            *body = None;
        }
    }
    versions
}

fn nodes(versions: &Versions<'_>) -> Vec<Node> {
    let node = |(op, (header, body)): (&OpId, &Version<'_>)| Node {
        op: *op,
        bases: header.base.iter().chain(&header.also).copied().collect(),
        has_text: header.verb == 0 && body.is_some(),
    };
    versions.iter().map(node).collect()
}
