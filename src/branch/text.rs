//! What the pages of mentor and secretary say.

pub mod note;
