//! One file a page.

pub mod bulk;
pub mod case;
pub mod invite;
pub mod members;
pub mod note;
pub mod note_form;
pub mod people;
pub mod person;
pub mod review;
