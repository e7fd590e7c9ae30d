//! Items 5 to 7: place of birth registration, ancestral home, residence.

use super::prelude::*;
use crate::check::Gazetteer;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("home.txt"),
    checks: &[
        ("LL-05", registration_with_names),
        ("LL-05b", no_hospital),
        ("LL-05c", new_name_with_the_old),
        ("LL-06", home_as_on_the_certificate),
        ("LL-06b", home_of_the_father),
        ("LL-06c", home_from_memory),
        ("LL-07", residence_in_full),
        ("LL-07b", temporary_beside_permanent),
        ("LL-07c", two_levels),
    ],
};

/// Day from which there are no districts.
const NO_DISTRICTS: Date = on(2025, 7, 1);

const REGISTERED: &str = "birth_registration_place";
const HOME: &str = "ancestral_home";
const PERMANENT: &str = "permanent_residence";
const TEMPORARY: &str = "temporary_residence";

fn lacks_names(place: &Place<'_>) -> bool {
    place.text.is_empty() && (place.commune.is_empty() || place.province.is_empty())
}

fn first_blank(slug: &str, place: &Place<'_>) -> String {
    format!(
        "{slug}.{}",
        if place.commune.is_empty() {
            "commune"
        } else {
            "province"
        }
    )
}

/// LL-05.
fn registration_with_names(p: &mut Probe<'_, '_>) {
    let place = p.place(REGISTERED);
    if lacks_names(&place) {
        p.explain(&first_blank(REGISTERED, &place));
    }
}

/// LL-05b.
fn no_hospital(p: &mut Probe<'_, '_>) {
    let text = weak(&p.place(REGISTERED).written());
    let houses = ["benh vien", "tram y te", "nha ho sinh", "trung tam y te", "phong kham"];
    if houses.iter().any(|house| text.contains(house)) {
        p.explain(REGISTERED);
    }
}

/// LL-05c.
fn new_name_with_the_old(p: &mut Probe<'_, '_>) {
    for (slug, item) in [(REGISTERED, 5), (HOME, 6)] {
        let place = p.place(slug);
        let paper = match slug {
            HOME => p.place("papers.birth_certificate.ancestral_home"),
            _ => p.place("papers.birth_certificate.registration_place"),
        };
        let case = which_name(p, &place, &paper);
        if let Some((case, part)) = case {
            p.explain(&focus(slug, part)).case(case).with("item", item);
        }
    }
}

/// The first case of LL-05c that holds, with the part to mend.
fn which_name(p: &Probe<'_, '_>, place: &Place<'_>, paper: &Place<'_>) -> Option<(&'static str, &'static str)> {
    if !place.district.is_empty() {
        return Some(("district", "district"));
    }
    let current = |place: &Place<'_>| p.places.map(|gaz| gaz.is_current(place.commune, place.province, p.act));
    let named = !place.commune.is_empty() && !place.province.is_empty();
    if named
        && current(place) == Some(false)
        && p.places
            .is_some_and(|gaz| gaz.is_old(place.commune, "", place.province))
    {
        return Some(("old_only", "commune"));
    }
    // a name that ended after the districts did keeps no district: xã Bố Hạ, tỉnh Bắc Ninh until 23-8-2026
    let two_levels = |gaz: &dyn Gazetteer| {
        let on = |day| gaz.is_current(place.old_commune, place.old_province, day);
        on(NO_DISTRICTS) && !on(p.act)
    };
    if !place.old_commune.is_empty() && place.old_district.is_empty() && !p.places.is_some_and(two_levels) {
        return Some(("old_without_district", "old.district"));
    }
    let given = !paper.commune.is_empty() && !paper.province.is_empty();
    if given && place.old_commune.is_empty() && current(paper) == Some(false) {
        return Some(("old_missing", "old.commune"));
    }
    None
}

/// LL-06.
fn home_as_on_the_certificate(p: &mut Probe<'_, '_>) {
    let place = p.place(HOME);
    if lacks_names(&place) {
        p.explain(&first_blank(HOME, &place));
    }
    if !same_place(&place, &p.place("papers.birth_certificate.ancestral_home")) {
        p.explain(HOME).case("certificate");
    }
}

/// LL-06b.
fn home_of_the_father(p: &mut Probe<'_, '_>) {
    let own = p.place(HOME);
    let home = |who: &str| p.relative(who).map(|q| q.row.place("ancestral_home"));
    let Some(father) = home("father").filter(|f| !f.commune.is_empty()) else {
        return;
    };
    let mother = home("mother").unwrap_or_default();
    if !same_place(&own, &father) && !same_place(&own, &mother) {
        p.explain(HOME);
    }
}

/// LL-06c.
fn home_from_memory(p: &mut Probe<'_, '_>) {
    let source = p.text("ancestral_home_source");
    if matches!(source, "memory" | "") && !p.place(HOME).commune.is_empty() {
        p.explain("ancestral_home_source");
    }
}

/// LL-07.
fn residence_in_full(p: &mut Probe<'_, '_>) {
    let place = p.place(PERMANENT);
    if place.is_blank() || !place.text.is_empty() {
        return;
    }
    let parts = [
        ("permanent_residence.detail", "detail"),
        ("permanent_residence.commune", "commune"),
        ("permanent_residence.province", "province"),
    ];
    if let Some((first, lacks)) = blanks(&parts, |slug| p.blank(slug)) {
        p.explain(first).with("missing", lacks);
    }
}

/// LL-07b.
fn temporary_beside_permanent(p: &mut Probe<'_, '_>) {
    if !p.place(TEMPORARY).is_blank() && !p.place(PERMANENT).is_blank() {
        p.style(TEMPORARY);
    }
}

/// Whether a part of an address begins with the word of a unit that ended on 1-7-2025.
fn names_a_district(text: &str) -> bool {
    pieces(text, |b| matches!(b, b',' | b';' | b'(')).any(|part| {
        let part = fold(part);
        ["huyện ", "quận ", "thị xã ", "huyen ", "quan ", "thi xa "]
            .iter()
            .any(|unit| part.starts_with(unit))
    })
}

/// LL-07c.
fn two_levels(p: &mut Probe<'_, '_>) {
    if p.act < NO_DISTRICTS {
        return;
    }
    for slug in [PERMANENT, TEMPORARY] {
        let place = p.place(slug);
        let part = if !place.district.is_empty() {
            "district"
        } else if names_a_district(place.detail) {
            "detail"
        } else if names_a_district(place.commune) || has_words(&weak(place.commune), "thanh pho") {
            "commune"
        } else {
            continue;
        };
        p.explain(&focus(slug, part));
    }
}

/// A part to look at; a district has no control of its own, it came with a file.
fn focus(slug: &str, part: &str) -> String {
    if part == "district" {
        slug.to_string()
    } else {
        format!("{slug}.{part}")
    }
}
