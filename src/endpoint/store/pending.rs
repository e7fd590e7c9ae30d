//! Ops and lines of the log that a transaction has taken and not yet written: they are written many at a time.
//!
//! Invariant: their numbers are greater than any in the database, because the transaction holds the write lock; whoever reads looks
//! here, too. What a letter added goes again when it is undone. Not here: the statements (`store::write`).

use std::collections::BTreeMap;
use sync::endpoint::{LogRow, OpRow};
use sync::id::{OpId, Principal, RecordId};

/// An op, what it goes on from or acts on, and who it is for.
pub struct NewOp {
    pub row: OpRow,
    pub bases: Vec<OpId>,
    pub to: Vec<Principal>,
}

/// What is still to be written, in its order.
#[derive(Default)]
pub struct Pending {
    ops: Vec<NewOp>,
    lines: Vec<LogRow>,
    /// Places in `ops`.
    by_id: BTreeMap<OpId, usize>,
    of_record: BTreeMap<RecordId, Vec<usize>>,
    naming: BTreeMap<OpId, Vec<usize>>,
}

impl Pending {
    /// Adds an op.
    pub fn add(&mut self, op: NewOp) {
        let place = self.ops.len();
        self.by_id.insert(op.row.op_id, place);
        self.of_record.entry(op.row.record).or_default().push(place);
        for base in &op.bases {
            self.naming.entry(*base).or_default().push(place);
        }
        self.ops.push(op);
    }

    /// Adds a line of the log.
    pub fn add_line(&mut self, line: LogRow) {
        self.lines.push(line);
    }

    /// How much there is: ops, lines.
    pub fn mark(&self) -> (usize, usize) {
        (self.ops.len(), self.lines.len())
    }

    /// Takes out what was added after a mark.
    pub fn split_off(&mut self, (ops, lines): (usize, usize)) -> Self {
        let lines = self.lines.split_off(lines.min(self.lines.len()));
        if ops >= self.ops.len() {
            return Self {
                lines,
                ..Self::default()
            };
        }
        let later = self.ops.split_off(ops);
        let earlier = std::mem::take(self);
        *self = Self::of(earlier.ops, earlier.lines);
        Self::of(later, lines)
    }

    fn of(ops: Vec<NewOp>, lines: Vec<LogRow>) -> Self {
        let mut all = Self {
            lines,
            ..Self::default()
        };
        ops.into_iter().for_each(|op| all.add(op));
        all
    }

    /// Takes everything, to be written.
    pub fn take(&mut self) -> (Vec<NewOp>, Vec<LogRow>) {
        let all = std::mem::take(self);
        (all.ops, all.lines)
    }

    fn at<'p>(&'p self, places: Option<&'p Vec<usize>>) -> impl Iterator<Item = &'p NewOp> {
        places.into_iter().flatten().filter_map(|place| self.ops.get(*place))
    }

    /// An op.
    pub fn op(&self, id: &OpId) -> Option<&OpRow> {
        let place = self.by_id.get(id)?;
        self.ops.get(*place).map(|op| &op.row)
    }

    /// All ops, by number.
    pub fn ops(&self) -> &[NewOp] {
        &self.ops
    }

    /// The ops of a record, by number.
    pub fn of_record(&self, id: &RecordId) -> impl Iterator<Item = &OpRow> {
        self.at(self.of_record.get(id)).map(|op| &op.row)
    }

    /// The ops that go on from this one or act on it.
    pub fn naming(&self, id: &OpId) -> impl Iterator<Item = &OpRow> {
        self.at(self.naming.get(id)).map(|op| &op.row)
    }

    /// Whether an op of the record goes on from this one.
    pub fn has_heir(&self, record: &RecordId, id: &OpId) -> bool {
        self.naming(id).any(|op| op.record == *record)
    }
}
