//! Masking: what a report that leaves the Party line shows in place of small counts.
//!
//! A count under 3 is shown as `<3`. Totals and remainders must not give it away, so two kinds of counts are shown as `từ N` (at least N, and never less than 3).
//! A total whose groups (or ages) are shown too and one of them is masked: N is the sum of those that are shown, so that it says nothing that they do not. A part
//! that leaves a remainder of 1 or 2 (11 of 12 are women), or that would tell how much a total of the first kind is: N is two less than its whole, which is all
//! that it says. Shares and means of a masked count are held back.
//!
//! Invariant, tested over every small school and three shapes of layout: of one report, no
//! count and no remainder of 1 or 2 can be worked out; at least two values fit. That nobody or everybody of a group is meant may be seen: it sets nobody apart.
//!
//! Deliberately not covered: two reports of overlapping periods laid side by side, one counter against another (decisions against ceremonies), and groups
//! crossed with ages in one layout.

use super::count::Split;
use crate::person::Group;

/// The least count that is shown.
pub const LEAST: i64 = 3;

/// What is shown of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// The count.
    Plain(i64),
    /// Fewer than [`LEAST`].
    Under,
    /// At least so many.
    AtLeast(i64),
}

/// What is shown of a count, by the splits the layout shows of the same counter.
pub fn shown(split: Split, layout: &[Split], count: &dyn Fn(Split) -> i64) -> Shown {
    let n = count(split);
    if n < LEAST {
        return Shown::Under;
    }
    let same = |other: &Split| other.part == split.part;
    let by_group = split.group.is_none() && layout.iter().any(|other| same(other) && other.group.is_some());
    if split.part.is_some() && !by_group {
        let whole = shown(Split { part: None, ..split }, layout, count);
        match whole {
            // four of four would otherwise tell three of four apart
            Shown::Plain(all) if (1..LEAST).contains(&(all - n)) || (n == LEAST + 1 && all == n) => {
                return Shown::AtLeast((all - LEAST + 1).max(LEAST));
            }
            Shown::AtLeast(known) if known - n < LEAST => return Shown::AtLeast((known - LEAST + 1).max(LEAST)),
            _ => {}
        }
    }
    let mut least = None;
    if by_group {
        let groups = Group::ALL.map(|group| Split {
            group: Some(group),
            ..split
        });
        least = sum_of_plain(&groups, layout, count);
    }
    if split.ages.is_none() {
        let bands: Vec<Split> = layout
            .iter()
            .filter(|other| same(other) && other.group == split.group && other.ages.is_some())
            .copied()
            .collect();
        let by_age = sum_of_plain(&bands, layout, count).filter(|_| !bands.is_empty());
        least = match (least, by_age) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    // that it is not under 3 is told anyway
    least.map_or(Shown::Plain(n), |least| Shown::AtLeast(least.max(LEAST)))
}

/// The sum of the parts that are shown; `None` when all of them are.
fn sum_of_plain(parts: &[Split], layout: &[Split], count: &dyn Fn(Split) -> i64) -> Option<i64> {
    let mut sum = 0;
    let mut hidden = false;
    for part in parts {
        match shown(*part, layout, count) {
            Shown::Plain(n) => sum += n,
            _ => hidden = true,
        }
    }
    hidden.then_some(sum)
}

#[cfg(test)]
mod tests;
