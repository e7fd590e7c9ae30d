//! What the pages of mentor and secretary say.

pub mod bulk;
pub mod invite;
pub mod note;
pub mod people;
pub mod review;
