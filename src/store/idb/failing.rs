//! Calls to the disk that fail on purpose (fault tests, T-05): the n-th, once or for ever after, before or after its effect.
//!
//! Invariant: only tests compile this, and a test sees whether its fault fired. Deliberately not here: what must hold.

use super::Refusal;
use std::cell::Cell;

/// Which call fails, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Counted from 1.
    pub(crate) nth: u32,
    pub(crate) forever: bool,
    /// The work is done, and its answer lost.
    pub(crate) after: bool,
    pub(crate) refusal: Refusal,
}

thread_local! {
    static PLAN: Cell<Option<Plan>> = const { Cell::new(None) };
    static CALLS: Cell<u32> = const { Cell::new(0) };
    static FIRED: Cell<u32> = const { Cell::new(0) };
}

/// From now on calls are counted, and fail as planned.
pub(crate) fn begin(plan: Plan) {
    PLAN.set(Some(plan));
    CALLS.set(0);
    FIRED.set(0);
}

/// No more faults. How many calls failed.
pub(crate) fn end() -> u32 {
    PLAN.set(None);
    FIRED.get()
}

/// At the beginning of a call: the plan for exactly this call, if there is one.
pub(super) fn this_call() -> Option<Plan> {
    let plan = PLAN.get()?;
    CALLS.set(CALLS.get() + 1);
    let hit = CALLS.get() == plan.nth || (plan.forever && CALLS.get() > plan.nth);
    FIRED.set(FIRED.get() + u32::from(hit));
    hit.then_some(plan)
}
