//! Several versions of one record become one text (sync protocol §8): a pure function of the set of versions.
//!
//! Invariant: the order in which versions arrived is irrelevant, and no value that somebody wrote is lost: it is shown, or among the kept
//! values, or a person replaced it. Not here: opening sealed versions and moving the draft on (`client::merge`).

use crate::Fields;
use crate::body::plain::KeptValue;
use crate::id::OpId;
use std::collections::{BTreeMap, BTreeSet};

/// A version's place among the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The version.
    pub op: OpId,
    /// What it was made from.
    pub bases: Vec<OpId>,
    /// Whether it has a text: not a deletion, its body not erased.
    pub has_text: bool,
}

/// What a version says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Answers as typed.
    pub fields: Fields,
    /// Values of other versions that still wait for a decision.
    pub kept: Vec<KeptValue>,
}

/// The versions that count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaves {
    /// Every version that no other names: what the next cut goes on from. In order.
    pub all: Vec<OpId>,
    /// Those of them that have a text. None, when there are leaves: the record was deleted.
    pub texts: Vec<OpId>,
    /// Deepest common ancestor of all leaves with a text, where there are two or more.
    pub ancestor: Option<OpId>,
}

/// Finds leaves and common ancestor.
pub fn leaves(nodes: &[Node]) -> Leaves {
    let named: BTreeSet<OpId> = nodes.iter().flat_map(|node| node.bases.iter().copied()).collect();
    let is_leaf = |node: &&Node| !named.contains(&node.op);
    let set = |leaves: &mut dyn Iterator<Item = &Node>| leaves.map(|node| node.op).collect::<BTreeSet<_>>();
    let all = set(&mut nodes.iter().filter(is_leaf));
    let texts = set(&mut nodes.iter().filter(is_leaf).filter(|node| node.has_text));
    let texts: Vec<OpId> = texts.into_iter().collect();
    Leaves {
        ancestor: if texts.len() > 1 { common(nodes, &texts) } else { None },
        all: all.into_iter().collect(),
        texts,
    }
}

/// The deepest version that all of these come from.
pub(crate) fn common(nodes: &[Node], of: &[OpId]) -> Option<OpId> {
    Graph::of(nodes).common(&of.iter().copied().collect())
}

struct Graph<'a>(BTreeMap<OpId, &'a [OpId]>);

impl<'a> Graph<'a> {
    fn of(nodes: &'a [Node]) -> Self {
        Self(nodes.iter().map(|node| (node.op, node.bases.as_slice())).collect())
    }

    fn bases(&self, op: &OpId) -> &'a [OpId] {
        self.0.get(op).copied().unwrap_or_default()
    }

    fn ancestors(&self, of: &OpId) -> BTreeSet<OpId> {
        let mut found = BTreeSet::new();
        let mut open = vec![*of];
        while let Some(op) = open.pop() {
            open.extend(self.bases(&op).iter().filter(|base| found.insert(**base)));
        }
        found
    }

    /// The deepest of the ancestors that all leaves share; of two equally deep ones the one with the smaller id.
    fn common(&self, leaves: &BTreeSet<OpId>) -> Option<OpId> {
        let mut shared: Option<BTreeSet<OpId>> = None;
        for leaf in leaves {
            let own = self.ancestors(leaf);
            shared = Some(match shared {
                None => own,
                Some(shared) => shared.intersection(&own).copied().collect(),
            });
        }
        let mut depths = BTreeMap::new();
        let mut deepest: Option<(u32, OpId)> = None;
        for op in shared? {
            let depth = self.depth(&op, &mut depths);
            if deepest.is_none_or(|(known, _)| depth > known) {
                deepest = Some((depth, op));
            }
        }
        deepest.map(|(_, op)| op)
    }

    /// Longest way to a root. Without recursion: a record may have thousands of versions.
    fn depth(&self, of: &OpId, known: &mut BTreeMap<OpId, u32>) -> u32 {
        let mut open = vec![*of];
        while let Some(op) = open.last().copied() {
            let bases = self.bases(&op);
            let before = open.len();
            // A version that names itself through others cannot be made by honest phones; its circle is cut where it closes.
            let unknown = bases
                .iter()
                .filter(|base| !known.contains_key(base) && !open.contains(base));
            let unknown: Vec<OpId> = unknown.copied().collect();
            open.extend(unknown);
            if open.len() == before {
                let deepest = bases.iter().filter_map(|base| known.get(base)).max();
                known.insert(op, deepest.map_or(0, |depth| depth + 1));
                open.pop();
            }
        }
        known.get(of).copied().unwrap_or(0)
    }
}

/// The text of several leaves. `ancestor` is `None` when there is none or its text is not held; then everything counts as changed.
pub fn fold(leaves: &BTreeMap<OpId, Text>, ancestor: Option<&Text>) -> Text {
    let nothing = Fields::new();
    let paths: BTreeSet<&String> = leaves
        .values()
        .map(|text| &text.fields)
        .chain(ancestor.map(|text| &text.fields))
        .flat_map(|fields| fields.keys())
        .collect();
    let mut fields = Fields::new();
    let mut kept: BTreeMap<(String, String), OpId> = BTreeMap::new();
    for value in leaves.values().flat_map(|text| &text.kept) {
        let op = kept.entry((value.path.clone(), value.text.clone())).or_insert(value.op);
        *op = value.op.max(*op);
    }
    for path in paths {
        let before = ancestor.map_or(&nothing, |text| &text.fields).get(path);
        let changed = leaves.iter().map(|(op, text)| (op, text.fields.get(path)));
        let changed = changed.filter(|(_, now)| ancestor.is_none() || *now != before);
        let mut shown = before;
        let mut any = false;
        // By rising id: the last present value is the one that is shown.
        for (op, now) in changed {
            if !any {
                (any, shown) = (true, None);
            }
            if let Some(text) = now {
                shown = Some(text);
                kept.entry((path.clone(), text.clone())).or_insert(*op);
            }
        }
        if let Some(shown) = shown {
            fields.insert(path.clone(), shown.clone());
        }
    }
    kept.retain(|(path, text), _| fields.get(path) != Some(text));
    let kept = kept.into_iter().map(|((path, text), op)| KeptValue { path, text, op });
    Text {
        fields,
        kept: kept.collect(),
    }
}

#[cfg(test)]
mod tests;
