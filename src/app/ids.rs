//! Randomness from the browser, and the names made of it.

use sync::Random;

/// The browser's random source. There is no other in the page.
pub struct Browser;

impl Random for Browser {
    fn fill(&mut self, out: &mut [u8]) {
        if getrandom::getrandom(out).is_err() {
            // A page without randomness cannot make keys; going on with zeros would be worse than stopping.
            wasm_bindgen::throw_str("no random source");
        }
    }
}

/// A name for a new row: eight hexadecimal characters, never used again.
pub fn row_name() -> String {
    let mut bytes = [0; 4];
    Browser.fill(&mut bytes);
    sync::spelling::hex(&bytes)
}
