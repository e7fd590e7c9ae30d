//! The endpoint's rules, each as a sentence: enrolment, idempotency, refusals, the write matrix, pulling, faults of the store.

mod enrol;
mod faults;
mod matrix;
mod ops;
mod pull;
