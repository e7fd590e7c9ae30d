//! The families of rules, one a file: the table of the family first, then its checks.
//!
//! To find a rule, guess its family from the question; `rule("LL-15b")` finds it by its identifier.

mod age;
mod authority;
mod award;
mod ceremony;
mod class;
mod closing;
mod course;
mod deadline;
mod education;
mod family;
mod history;
mod home;
mod introduction;
mod name;
mod note;
mod number;
mod papers;
mod person;
mod place;
mod political;
mod prelude;
mod probation;
mod readmission;
mod relative;
mod schooling;
mod transfer;
mod union;
mod verification;
mod vote;
mod writing;

use crate::rule::Rule;

/// Every family, in the order of the procedure, then of the form.
pub(super) static ALL: &[&[Rule]] = &[
    age::RULES,
    schooling::RULES,
    class::RULES,
    introduction::RULES,
    papers::RULES,
    transfer::RULES,
    verification::RULES,
    authority::RULES,
    readmission::RULES,
    vote::RULES,
    deadline::RULES,
    ceremony::RULES,
    probation::RULES,
    name::RULES,
    home::RULES,
    person::RULES,
    education::RULES,
    union::RULES,
    history::RULES,
    political::RULES,
    course::RULES,
    award::RULES,
    relative::RULES,
    family::RULES,
    closing::RULES,
    note::RULES,
    number::RULES,
    writing::RULES,
    place::RULES,
];
