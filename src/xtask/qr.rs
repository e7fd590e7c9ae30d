//! A QR code in the terminal: two modules a character by half blocks, with the four modules of quiet zone that readers need.

use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around the code (ISO/IEC 18004).
const QUIET: i32 = 4;

/// The code as lines of text. With `colour`, black on white whatever the terminal's colours are; without, light modules are drawn,
/// which suits a dark terminal.
pub fn lines(text: &str, colour: bool) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let edge = code.size() + QUIET;
    let mut out = String::new();
    for y in (-QUIET..edge).step_by(2) {
        if colour {
            out += "\x1b[38;5;16m\x1b[48;5;231m";
        }
        for x in -QUIET..edge {
            let (upper, lower) = (code.get_module(x, y), code.get_module(x, y + 1));
            // Below the last row there is nothing to draw but light.
            out.push(match (upper == colour, lower == colour) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        out += if colour { "\x1b[0m\n" } else { "\n" };
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_light_on_dark_the_modules_come_back_as_they_were_encoded() {
        let text = "http://127.0.0.1:8080/#1.1.AAAA";
        let code = QrCode::encode_text(text, QrCodeEcc::Low).unwrap();
        let drawn: Vec<Vec<char>> = lines(text, false)
            .unwrap()
            .lines()
            .map(|line| line.chars().collect())
            .collect();
        let light = |x: i32, y: i32| {
            let (column, row) = ((x + QUIET) as usize, (y + QUIET) as usize);
            let both = drawn[row / 2][column];
            both == '█' || both == if row % 2 == 0 { '▀' } else { '▄' }
        };
        for y in -QUIET..code.size() + QUIET {
            for x in -QUIET..code.size() + QUIET {
                assert_eq!(light(x, y), !code.get_module(x, y), "{x},{y}");
            }
        }
    }

    #[test]
    fn with_colour_the_ink_is_what_is_drawn() {
        let drawn = lines("x", true).unwrap();
        assert!(drawn.starts_with("\x1b[38;5;16m\x1b[48;5;231m    "));
        assert!(drawn.ends_with("\x1b[0m\n"));
    }
}
