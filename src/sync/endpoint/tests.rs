//! The endpoint's rules, each as a sentence: enrolment, idempotency, refusals, erasing, the write matrix, pulling, slow lines, faults of the store.

mod access;
mod courier;
mod enrol;
mod erase;
mod faults;
mod line;
mod matrix;
mod ops;
mod pull;
mod reads;
