//! The program of mentor and secretary: all that the candidate's program does, and the pages of those two roles.
//!
//! Only their devices load it (`public/start.js`). Not here: forms, vault, sending and every common page (crate `app`).
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

mod notes;
mod pages;
mod screen;
mod text;

use app::program::More;

static MORE: More = More {
    home: pages::home,
    page: pages::page,
    paper: notes::paper,
    arrived: pages::arrived,
};

fn main() {
    app::start(Some(&MORE));
}
