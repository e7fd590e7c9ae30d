//! p
pub struct Endpoint;
pub struct Demo;
