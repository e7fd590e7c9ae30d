//! Every sentence that the machine says, in one place; what the form says stands in its catalogue (`rules::form`).

pub mod book;
pub mod consent;
pub mod desk;
pub mod form;
pub mod gate;
pub mod heard;
