//! One file a page.

pub mod note;
pub mod note_form;
pub mod secretary;
