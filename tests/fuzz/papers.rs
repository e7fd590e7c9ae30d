//! What reads files and texts of people, by name: files of dossiers, lists of a class, layouts of reports, dates, numbers of cards.
//!
//! Invariant: as of `decoders`: anything may come, and it is read or refused in words. Not here: what phones and endpoint say to each
//! other (`decoders`).

use office::intake;
use office::report::layout::Layout;
use rules::record::Filed;
use rules::{card, date};

/// A reader: `true` when it took the bytes.
pub type Reader = fn(&[u8]) -> bool;

/// All of them. The corpus has a folder for each, the fuzzer a target.
pub const PAPERS: [(&str, Reader); 5] = [
    ("dossier", |bytes| {
        Filed::read(&mut serde_json::Deserializer::from_slice(bytes)).is_ok_and(|file| file.is_ok())
    }),
    ("class-list", |bytes| intake::read(bytes, &[]).is_ok()),
    ("layout", |bytes| {
        std::str::from_utf8(bytes).is_ok_and(|text| Layout::read(text).1.is_empty())
    }),
    ("date", |bytes| {
        std::str::from_utf8(bytes).is_ok_and(|text| date::read(text).is_some())
    }),
    ("card", |bytes| {
        std::str::from_utf8(bytes).is_ok_and(|text| card::read(text).is_some())
    }),
];
