//! End to end: a real Chromium against the real endpoint, over a wire that can be cut.

mod back;
mod backup;
mod branch;
mod closed;
mod courier;
mod door;
mod faults;
mod fill;
mod film;
mod notes;
mod paper;
mod rights;
mod screens;
mod special;
mod tabs;
mod whole_way;
