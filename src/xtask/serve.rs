//! placeholder
use crate::{run::Stop, tree::Tree};
pub fn serve(_: &Tree, _: &[&str]) -> Result<(), Stop> {
    Ok(())
}
