//! The rules of the house, held over the files themselves: what is absent, what every file has, what the pages name, what is shipped.
//!
//! These read the tree as a person would find it; they never ask the code about itself.

mod arrows;
mod files;
mod names;
mod pages;
mod release;
mod tree;
