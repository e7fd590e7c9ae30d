//! The families of rules, two files each: `age.txt` says what the rules ask, of whom and on what ground, `age.rs` holds their checks.
//!
//! To find a rule, guess its family from the question; `rule("LL-15b")` finds it by its identifier.
//! Families that look only at what the chi bộ and the committees note down stand behind the feature `procedure`: the page asks for none of it.

mod abroad;
mod age;
mod authority;
mod award;
#[cfg(feature = "procedure")]
mod ceremony;
#[cfg(feature = "procedure")]
mod certificate;
mod class;
mod closing;
mod course;
#[cfg(feature = "procedure")]
mod deadline;
mod education;
mod family;
#[cfg(feature = "procedure")]
mod following;
mod history;
mod home;
#[cfg(feature = "procedure")]
mod introduction;
mod name;
mod note;
mod number;
#[cfg(feature = "procedure")]
mod papers;
mod person;
mod place;
mod political;
#[cfg(feature = "procedure")]
mod population;
mod prelude;
#[cfg(feature = "procedure")]
mod probation;
mod readmission;
mod relative;
mod schooling;
#[cfg(feature = "procedure")]
mod sixty;
#[cfg(feature = "procedure")]
mod transfer;
mod union;
#[cfg(feature = "procedure")]
mod verification;
#[cfg(feature = "procedure")]
mod vote;
mod writing;

use crate::rule::Family;

/// The terms of the families, for who looks ahead of them ([`crate::course`]).
#[cfg(feature = "procedure")]
pub(crate) mod terms {
    pub(crate) use super::class::LIFE as CERTIFICATE;
    pub(crate) use super::deadline::{CEREMONY, HANOI, to_decide, to_recognise};
    pub(crate) use super::note::{before, first_introduction};
    pub(crate) use super::papers::{LIFE as PAPER, papers};
    pub(crate) use super::probation::{CONSIDER, RECORDS, end as probation_end};
    pub(crate) use super::transfer::{
        ACTIVITY, CONSIDER as CONSIDER_THERE, DECIDE as DECIDE_AFTER_MOVE, FORWARD, PRESENT,
    };
    pub(crate) use super::verification::{to_answer, whom};
}

/// Every family, in the order of the procedure, then of the form.
pub(super) static ALL: &[&Family] = &[
    &age::RULES,
    #[cfg(feature = "procedure")]
    &sixty::RULES,
    &schooling::RULES,
    &class::RULES,
    #[cfg(feature = "procedure")]
    &certificate::RULES,
    #[cfg(feature = "procedure")]
    &introduction::RULES,
    #[cfg(feature = "procedure")]
    &papers::RULES,
    #[cfg(feature = "procedure")]
    &transfer::RULES,
    #[cfg(feature = "procedure")]
    &verification::RULES,
    &abroad::RULES,
    &authority::RULES,
    #[cfg(feature = "procedure")]
    &population::RULES,
    &readmission::RULES,
    #[cfg(feature = "procedure")]
    &vote::RULES,
    #[cfg(feature = "procedure")]
    &deadline::RULES,
    #[cfg(feature = "procedure")]
    &ceremony::RULES,
    #[cfg(feature = "procedure")]
    &probation::RULES,
    &name::RULES,
    &home::RULES,
    &person::RULES,
    &education::RULES,
    &union::RULES,
    &history::RULES,
    &political::RULES,
    &course::RULES,
    &award::RULES,
    &relative::RULES,
    &family::RULES,
    &closing::RULES,
    #[cfg(feature = "procedure")]
    &following::RULES,
    &note::RULES,
    &number::RULES,
    &writing::RULES,
    &place::RULES,
];

/// Those among them that the page leaves out. The page's book fails when one is missing here.
#[cfg(feature = "procedure")]
pub(super) static BEYOND_THE_PAGE: &[&Family] = &[
    &sixty::RULES,
    &certificate::RULES,
    &introduction::RULES,
    &papers::RULES,
    &transfer::RULES,
    &verification::RULES,
    &population::RULES,
    &vote::RULES,
    &deadline::RULES,
    &ceremony::RULES,
    &probation::RULES,
    &following::RULES,
];
