//! The program of mentor and secretary: all that the candidate's program does, and the pages of those two roles.
//!
//! Only their devices load it (`public/start.js`). Not here: forms, vault, sending and every common page (crate `app`).
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

mod accesses;
mod act;
mod awake;
mod cases;
mod following;
mod glance;
mod invites;
mod known;
mod lens;
mod notes;
mod pages;
mod paper;
mod parcels;
mod person;
mod qr;
mod retention;
mod reviews;
mod rotation;
mod screen;
mod text;
mod time;
mod whose;

use app::{program::More, screen::heard};

static MORE: More = More {
    home: pages::home,
    page: pages::page,
    paper: pages::paper,
    open: |who, change| change.open(who),
    arrived: pages::arrived,
    beside: heard::beside,
    said: heard::all,
    chips: heard::chips,
    take_back: screen::accesses::rights,
    sheet: heard::sheet,
    recover: |session, link, under16, sheet| Box::pin(async move { session.recover(&link, under16, &sheet).await }),
    closed: pages::closed,
};

fn main() {
    // Made before any page is there: what a page makes ends with it.
    known::known();
    parcels::parcels();
    app::start(Some(&MORE));
}
