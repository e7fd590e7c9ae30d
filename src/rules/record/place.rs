//! A place as the record holds it, part by part.
//!
//! Only reading and writing out; whether a place exists is the gazetteer's matter ([`crate::check`]).

use super::Record;

/// The parts of a place, as typed; blank parts are empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place<'r> {
    /// Hamlet, house number, street.
    pub detail: &'r str,
    /// Commune level today.
    pub commune: &'r str,
    /// District; only older papers have it.
    pub district: &'r str,
    /// Province level.
    pub province: &'r str,
    /// Former commune.
    pub old_commune: &'r str,
    /// Former district.
    pub old_district: &'r str,
    /// Former province.
    pub old_province: &'r str,
    /// Free text for a place abroad.
    pub text: &'r str,
}

impl Record {
    /// The place at this path.
    pub fn place(&self, path: &str) -> Place<'_> {
        let part = |name: &str| self.text(&format!("{path}.{name}")).trim();
        Place {
            detail: part("detail"),
            commune: part("commune"),
            district: part("district"),
            province: part("province"),
            old_commune: part("old.commune"),
            old_district: part("old.district"),
            old_province: part("old.province"),
            text: part("text"),
        }
    }
}

impl Place<'_> {
    /// Whether nothing is written.
    pub fn is_blank(&self) -> bool {
        *self == Place::default()
    }

    /// As written by hand: `Xã Si Pa Phìn, tỉnh Điện Biên (trước đây là xã Phìn Hồ, huyện Nậm Pồ, tỉnh Điện Biên)`.
    pub fn written(&self) -> String {
        let mut out = join(&[self.detail, self.commune, self.district, self.province, self.text]);
        let old = join(&[self.old_commune, self.old_district, self.old_province]);
        if !old.is_empty() {
            if out.is_empty() {
                return old;
            }
            out.push_str(" (trước đây là ");
            out.push_str(&old);
            out.push(')');
        }
        out
    }
}

fn join(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts.iter().filter(|p| !p.is_empty()) {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(part);
    }
    out
}
