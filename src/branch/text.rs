//! What the pages of mentor and secretary say.

pub mod accesses;
pub mod bulk;
pub mod courier;
pub mod film;
pub mod invite;
pub mod keys;
pub mod note;
pub mod people;
pub mod report;
pub mod retention;
pub mod review;
pub mod rotation;
pub mod special;
