//! One file a page.

pub mod accesses;
pub mod bulk;
pub mod case;
pub mod courier;
pub mod draft;
pub mod film;
pub mod invite;
pub mod keys;
pub mod library;
pub mod members;
pub mod note;
pub mod note_form;
pub mod people;
pub mod person;
pub mod report;
pub mod retention;
pub mod review;
pub mod rotation;
pub mod scan;
pub mod special;
