//! End to end: a real Chromium against the real endpoint, over a wire that can be cut.

mod backup;
mod branch;
mod door;
mod faults;
mod fill;
mod notes;
mod screens;
mod tabs;
mod whole_way;
