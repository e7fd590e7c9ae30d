//! Administrative units: lists the checks can ask ([`crate::check::Gazetteer`]).
//!
//! Names are compared by [`crate::text::fold`], never without marks: inside one province units differ in marks alone. Nothing here rewrites a
//! name; a divided unit has several successors and the person chooses.

mod listed;

pub use listed::Listed;
