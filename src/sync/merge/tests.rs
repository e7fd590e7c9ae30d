//! The six properties of sync protocol §8, over drawn histories, and the cases that taught the rule.

use super::*;
use proptest::prelude::*;

/// One phone's doing in a drawn history: which phone, what it types (path, or a deletion of it), whether it first takes in the others.
#[derive(Clone, Debug)]
struct Doing {
    phone: usize,
    path: usize,
    blank: bool,
    pulls: bool,
}

/// Every version made so far, with its text.
#[derive(Clone, Default)]
struct History {
    nodes: Vec<Node>,
    texts: BTreeMap<OpId, Text>,
    /// What a person replaced or took away while seeing it.
    replaced: BTreeSet<String>,
    typed: BTreeSet<(String, String)>,
}

impl History {
    /// The text that a phone shows which holds these versions, and what its next cut names.
    fn shown(&self, held: &BTreeSet<OpId>) -> (Text, Vec<OpId>) {
        let nodes: Vec<Node> = self
            .nodes
            .iter()
            .filter(|node| held.contains(&node.op))
            .cloned()
            .collect();
        let leaves = leaves(&nodes);
        let of = |op: &OpId| self.texts[op].clone();
        let texts = leaves.texts.iter().map(|op| (*op, of(op))).collect();
        let ancestor = leaves.ancestor.filter(|op| held.contains(op)).map(|op| of(&op));
        (fold(&texts, ancestor.as_ref()), leaves.all)
    }

    fn play(doings: &[Doing]) -> Self {
        let mut history = Self::default();
        let mut phones = vec![BTreeSet::new(); 4];
        for (n, doing) in doings.iter().enumerate() {
            if doing.pulls {
                phones[doing.phone] = history.nodes.iter().map(|node| node.op).collect();
            }
            let (mut text, bases) = history.shown(&phones[doing.phone]);
            let (path, value) = (format!("p{}", doing.path), format!("v{n}"));
            let old = if doing.blank {
                text.fields.remove(&path)
            } else {
                history.typed.insert((path.clone(), value.clone()));
                text.fields.insert(path, value)
            };
            history.replaced.extend(old);
            // Ids in no order that has to do with time.
            let op = OpId([(n as u8).wrapping_mul(167).wrapping_add(11); 16]);
            history.texts.insert(op, text);
            history.nodes.push(Node {
                op,
                bases,
                has_text: true,
            });
            phones[doing.phone].insert(op);
        }
        history
    }

    fn everything(&self) -> BTreeSet<OpId> {
        self.texts.keys().copied().collect()
    }
}

fn doings() -> impl Strategy<Value = Vec<Doing>> {
    let doing = (
        0..4usize,
        0..3usize,
        proptest::bool::weighted(0.15),
        proptest::bool::weighted(0.3),
    );
    let doing = doing.prop_map(|(phone, path, blank, pulls)| Doing {
        phone,
        path,
        blank,
        pulls,
    });
    proptest::collection::vec(doing, 1..24)
}

fn holds(text: &Text, path: &str, value: &str) -> bool {
    text.fields.get(path).is_some_and(|shown| shown == value)
        || text.kept.iter().any(|kept| kept.path == path && kept.text == value)
}

proptest! {
    #![proptest_config(crate::seal::tests::cases(256))]

    #[test]
    fn the_order_of_arrival_is_irrelevant(doings in doings(), turn in any::<usize>()) {
        let history = History::play(&doings);
        let mut turned = history.clone();
        let many = turned.nodes.len();
        turned.nodes.rotate_left(turn % many);
        turned.nodes.iter_mut().for_each(|node| node.bases.reverse());
        prop_assert_eq!(history.shown(&history.everything()), turned.shown(&turned.everything()));
    }

    #[test]
    fn folding_what_was_folded_changes_nothing(doings in doings()) {
        let history = History::play(&doings);
        let (text, _) = history.shown(&history.everything());
        let alone = BTreeMap::from([(OpId([1; 16]), text.clone())]);
        prop_assert_eq!(fold(&alone, None), text);
    }

    #[test]
    fn nothing_that_a_person_typed_disappears(doings in doings()) {
        let history = History::play(&doings);
        let (text, _) = history.shown(&history.everything());
        for (path, value) in history.typed.iter().filter(|(_, value)| !history.replaced.contains(value)) {
            prop_assert!(holds(&text, path, value), "{value} at {path} is neither shown nor kept in {text:?}");
        }
    }

    #[test]
    fn edits_of_different_paths_both_live(base in "[a-z]{1,4}", one in "[a-z]{1,4}", two in "[a-z]{1,4}") {
        let text = |pairs: &[(&str, &str)]| Text {
            fields: pairs.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect(),
            kept: vec![],
        };
        let (a, b) = (text(&[("a", &one), ("b", &base)]), text(&[("a", &base), ("b", &two)]));
        let leaves = BTreeMap::from([(OpId([1; 16]), a), (OpId([2; 16]), b)]);
        let folded = fold(&leaves, Some(&text(&[("a", &base), ("b", &base)])));
        prop_assert_eq!(folded, text(&[("a", &one), ("b", &two)]));
    }

    #[test]
    fn equal_leaves_show_no_conflict(doings in doings()) {
        let history = History::play(&doings);
        let (text, _) = history.shown(&history.everything());
        let leaves = BTreeMap::from([(OpId([1; 16]), text.clone()), (OpId([2; 16]), text.clone())]);
        prop_assert_eq!(fold(&leaves, None), text);
    }

    #[test]
    fn an_unknown_ancestor_only_adds_kept_values(doings in doings()) {
        let history = History::play(&doings);
        let leaves = leaves(&history.nodes);
        let texts: BTreeMap<OpId, Text> = leaves.texts.iter().map(|op| (*op, history.texts[op].clone())).collect();
        let known = fold(&texts, leaves.ancestor.map(|op| history.texts[&op].clone()).as_ref());
        let unknown = fold(&texts, None);
        for value in &known.kept {
            prop_assert!(holds(&unknown, &value.path, &value.text));
        }
        for (path, value) in &known.fields {
            prop_assert!(holds(&unknown, path, value));
        }
    }
}

fn id(n: u8) -> OpId {
    OpId([n; 16])
}

fn node(n: u8, bases: &[u8]) -> Node {
    Node {
        op: id(n),
        bases: bases.iter().map(|n| id(*n)).collect(),
        has_text: true,
    }
}

#[test]
fn the_ancestor_is_that_of_all_leaves_and_not_of_two() {
    // 3 and 4 come from 2, 5 still from 1.
    let nodes = [node(1, &[]), node(2, &[1]), node(3, &[2]), node(4, &[2]), node(5, &[1])];
    let found = leaves(&nodes);
    assert_eq!((found.texts, found.ancestor), (vec![id(3), id(4), id(5)], Some(id(1))));
    assert_eq!(leaves(&nodes[..4]).ancestor, Some(id(2)));
}

#[test]
fn a_base_that_is_not_held_is_an_ancestor_all_the_same() {
    let found = leaves(&[node(3, &[9]), node(4, &[9])]);
    assert_eq!(found.ancestor, Some(id(9)));
    assert_eq!(leaves(&[node(3, &[8]), node(4, &[9])]).ancestor, None);
}

#[test]
fn a_deletion_beside_an_edit_takes_nothing_away_and_alone_it_deletes() {
    let deletion = Node {
        has_text: false,
        ..node(2, &[1])
    };
    let beside = leaves(&[node(1, &[]), deletion.clone(), node(3, &[1])]);
    assert_eq!((beside.all, beside.texts), (vec![id(2), id(3)], vec![id(3)]));
    let alone = leaves(&[node(1, &[]), deletion]);
    assert_eq!((alone.all, alone.texts), (vec![id(2)], vec![]));
}

#[test]
fn a_circle_and_a_very_long_history_end() {
    assert_eq!(leaves(&[node(1, &[2]), node(2, &[1])]), Leaves::default());
    let circle = leaves(&[node(1, &[2]), node(2, &[1]), node(3, &[1]), node(4, &[2])]);
    assert!(circle.ancestor.is_some());
    let long = |n: u32| OpId(std::array::from_fn(|at| n.to_be_bytes()[at % 4]));
    let mut nodes: Vec<Node> = (1..20_000)
        .map(|n| Node {
            op: long(n),
            bases: vec![long(n - 1)],
            has_text: true,
        })
        .collect();
    nodes.push(Node {
        op: long(30_000),
        bases: vec![long(19_998)],
        has_text: true,
    });
    assert_eq!(leaves(&nodes).ancestor, Some(long(19_998)));
}
