//! Places against the list of administrative units. Nothing is ever rewritten: the person chooses.

use super::prelude::*;
use crate::check::Gazetteer;
use crate::place::same_unit;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("FMT-14", Explain, CorrectOrNote, "Địa danh có trong danh mục", "Chưa tìm thấy “{value}” trong danh mục đơn vị hành chính. Hãy kiểm tra chính tả; địa danh rất cũ thì giữ nguyên và ghi chú.")
        .since(on(2025, 7, 1))
        .by(DECLARED)
        .cited(&[at(QD19, "")])
        .seen(Seen::Secondary)
        .reads(&["*"])
        .run(known_units),
    Rule::new("FMT-15", Explain, Correct, "Xã cũ bị chia: phải chọn", "Xã cũ này nay thuộc nhiều xã, phường: {options}. Hãy chọn nơi đúng với nhà bạn.")
        .since(on(2025, 6, 12))
        .by(DECLARED)
        .cited(&[at(NQ202, "")])
        .seen(Seen::Secondary)
        .reads(&["birth_registration_place", "ancestral_home", "permanent_residence"])
        .run(divided_units),
    Rule::new("FMT-18", Explain, CorrectOrNote, "Tên mới và tên cũ đi với nhau", "Theo danh mục, {old} nay thuộc {options}, không phải nơi đã ghi. Hãy kiểm tra lại tên hiện nay.")
        .since(on(2025, 6, 12))
        .by(DECLARED)
        .cited(&[at(NQ202, "")])
        .seen(Seen::Secondary)
        .reads(&["birth_registration_place", "ancestral_home", "family[].birth_place", "family[].ancestral_home"])
        .run(old_and_new_belong_together),
];

const SLUGS: [&str; 8] = [
    "birth_registration_place",
    "ancestral_home",
    "permanent_residence",
    "temporary_residence",
    "papers.birth_certificate.registration_place",
    "papers.birth_certificate.ancestral_home",
    "papers.application.ancestral_home",
    "papers.application.residence",
];

/// Every place of the record, with its path.
fn places<'f>(p: &Probe<'f, '_>) -> Vec<(String, Place<'f>)> {
    let mut out: Vec<(String, Place<'f>)> = SLUGS
        .iter()
        .map(|slug| (slug.to_string(), p.facts.place(slug)))
        .collect();
    for q in p.facts.people() {
        for cell in ["birth_place", "ancestral_home", "residence"] {
            out.push((q.row.path(cell), q.row.place(cell)));
        }
    }
    out.retain(|(_, place)| !place.is_blank());
    out
}

fn shown(units: &[(String, String)]) -> Param {
    Param::Texts(
        units
            .iter()
            .map(|(commune, province)| format!("{commune}, {province}"))
            .collect(),
    )
}

/// What the list says about (commune, district, province), asked once for each name.
struct Known<'p> {
    gaz: &'p dyn Gazetteer,
    act: Date,
    asked: Vec<([&'p str; 3], bool)>,
}

impl<'p> Known<'p> {
    fn is_unit(&mut self, name: [&'p str; 3]) -> bool {
        if let Some((_, known)) = self.asked.iter().find(|(asked, _)| *asked == name) {
            return *known;
        }
        let [commune, district, province] = name;
        let known = (district.is_empty() && self.gaz.is_current(commune, province, self.act))
            || self.gaz.is_old(commune, district, province);
        self.asked.push((name, known));
        known
    }
}

/// FMT-14.
fn known_units(p: &mut Probe<'_, '_>) {
    let Some(gaz) = p.facts.places else { return };
    let mut known = Known {
        gaz,
        act: p.act,
        asked: Vec::new(),
    };
    for (path, place) in places(p) {
        let names = [
            ("commune", [place.commune, place.district, place.province]),
            (
                "old.commune",
                [place.old_commune, place.old_district, place.old_province],
            ),
        ];
        for (part, name) in names {
            let [commune, _, province] = name;
            if !commune.is_empty() && !province.is_empty() && !known.is_unit(name) {
                let file = crate::finding::where_of(p.record, &path);
                let value = name
                    .into_iter()
                    .filter(|n| !n.is_empty())
                    .collect::<Vec<_>>()
                    .join(", ");
                p.explain(&format!("{path}.{part}"))
                    .with("slug", file)
                    .with("value", value);
            }
        }
    }
}

/// FMT-15.
fn divided_units(p: &mut Probe<'_, '_>) {
    let Some(gaz) = p.facts.places else { return };
    for (path, place) in places(p) {
        if place.old_commune.is_empty() || !place.commune.is_empty() {
            continue;
        }
        let units = gaz.candidates(place.old_commune, place.old_district, place.old_province, p.act);
        if units.len() > 1 {
            p.explain(&format!("{path}.commune")).with("options", shown(&units));
        }
    }
}

/// FMT-18.
fn old_and_new_belong_together(p: &mut Probe<'_, '_>) {
    let Some(gaz) = p.facts.places else { return };
    for (path, place) in places(p) {
        if place.old_commune.is_empty() || place.commune.is_empty() {
            continue;
        }
        let units = gaz.candidates(place.old_commune, place.old_district, place.old_province, p.act);
        let among = units
            .iter()
            .any(|(commune, province)| same_unit((commune, province), (place.commune, place.province)));
        if !units.is_empty() && !among && gaz.is_current(place.commune, place.province, p.act) {
            let old = [place.old_commune, place.old_district, place.old_province];
            let old = old.into_iter().filter(|n| !n.is_empty()).collect::<Vec<_>>().join(", ");
            let file = crate::finding::where_of(p.record, &path);
            p.explain(&format!("{path}.commune"))
                .with("slug", file)
                .with("old", old)
                .with("options", shown(&units));
        }
    }
}
