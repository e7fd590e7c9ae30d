//! A QR code as a picture in the page: one path of an SVG, with the four modules of quiet zone that readers need (ISO/IEC 18004).
//!
//! Not here: reading codes (`lens`).

use std::fmt::Write as _;

use leptos::prelude::document;
use qrcodegen::{QrCode, QrCodeEcc};
use web_sys::Node;

use app::el::View;

const SVG: &str = "http://www.w3.org/2000/svg";
const QUIET: i32 = 4;

/// The code of a text; nothing when the text is too long for any code. `label` is read out in its place.
pub fn picture(text: &str, label: &str) -> View {
    draw(text, label).map_or_else(View::none, View::from)
}

fn draw(text: &str, label: &str) -> Option<Node> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let edge = code.size() + 2 * QUIET;
    let svg = document().create_element_ns(Some(SVG), "svg").ok()?;
    let set = |name: &str, value: &str| svg.set_attribute(name, value).ok();
    set("class", "qr")?;
    // Modules that touch show no seam between them.
    set("shape-rendering", "crispEdges")?;
    set("viewBox", &format!("0 0 {edge} {edge}"))?;
    set("role", "img")?;
    set("aria-label", label)?;
    let mut modules = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let _ = write!(modules, "M{},{}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    let path = document().create_element_ns(Some(SVG), "path").ok()?;
    path.set_attribute("d", &modules).ok()?;
    svg.append_child(&path).ok()?;
    Some(svg.into())
}
