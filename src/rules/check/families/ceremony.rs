//! The ceremony of admission: guidance shown at the step, nothing to compute.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("ceremony.txt"),
    checks: &[],
};
