//! Places against the list of administrative units. Nothing is ever rewritten: the person chooses.

use super::prelude::*;
use crate::check::Gazetteer;
use crate::place::same_unit;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("place.txt"),
    checks: &[
        ("FMT-14", known_units),
        ("FMT-15", divided_units),
        ("FMT-18", old_and_new_belong_together),
    ],
};

fn shown(units: &[(String, String)]) -> Param {
    Param::Texts(
        units
            .iter()
            .map(|(commune, province)| format!("{commune}, {province}"))
            .collect(),
    )
}

/// Asks about each different place once, and reports where it stands.
fn each_place<T>(
    p: &mut Probe<'_, '_>,
    ask: impl Fn(&Place<'_>, &dyn Gazetteer) -> Option<T>,
    report: impl Fn(&mut Probe<'_, '_>, &str, &Place<'_>, &T),
) {
    let facts = p.facts;
    let Some(gaz) = facts.places else { return };
    let units = facts.units();
    let answers: Vec<Option<T>> = units.places.iter().map(|place| ask(place, gaz)).collect();
    if answers.iter().all(Option::is_none) {
        return;
    }
    for (spot, at) in &units.spots {
        if let (Some(Some(answer)), Some(place)) = (answers.get(*at), units.places.get(*at)) {
            report(p, &spot.path(), place, answer);
        }
    }
}

/// Former names in one line, as written.
fn old_name(place: &Place<'_>) -> String {
    let parts = [place.old_commune, place.old_district, place.old_province];
    parts
        .into_iter()
        .filter(|n| !n.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// FMT-14.
fn known_units(p: &mut Probe<'_, '_>) {
    let act = p.act;
    let unknown = |gaz: &dyn Gazetteer, commune: &str, district: &str, province: &str| {
        let named = !commune.is_empty() && !province.is_empty();
        let current = || district.is_empty() && gaz.is_current(commune, province, act);
        named && !current() && !gaz.is_old(commune, district, province) && !was_current(gaz, commune, province, act)
    };
    each_place(
        p,
        |place, gaz| {
            let now = unknown(gaz, place.commune, place.district, place.province);
            let before = unknown(gaz, place.old_commune, place.old_district, place.old_province);
            (now || before).then_some((now, before))
        },
        |p, path, place, (now, before)| {
            let file = crate::finding::where_of(p.record, path);
            if *now {
                let value = format!("{}, {}", place.commune, place.province);
                p.explain(&format!("{path}.commune"))
                    .with("slug", file.clone())
                    .with("value", value);
            }
            if *before {
                p.explain(&format!("{path}.old.commune"))
                    .with("slug", file)
                    .with("value", old_name(place));
            }
        },
    );
}

/// Whether the name was that of a present unit at some time since 1-7-2025.
fn was_current(gaz: &dyn Gazetteer, commune: &str, province: &str, act: Date) -> bool {
    act >= on(2025, 7, 1) && gaz.is_current(commune, province, on(2025, 7, 1))
}

/// FMT-15.
fn divided_units(p: &mut Probe<'_, '_>) {
    let act = p.act;
    each_place(
        p,
        |place, gaz| {
            let open = !place.old_commune.is_empty() && place.commune.is_empty();
            let units = || gaz.candidates(place.old_commune, place.old_district, place.old_province, act);
            open.then(units).filter(|units| units.len() > 1)
        },
        |p, path, _, units| {
            p.explain(&format!("{path}.commune")).with("options", shown(units));
        },
    );
}

/// FMT-18.
fn old_and_new_belong_together(p: &mut Probe<'_, '_>) {
    let act = p.act;
    each_place(
        p,
        |place, gaz| {
            if place.old_commune.is_empty() || !gaz.is_current(place.commune, place.province, act) {
                return None;
            }
            let units = gaz.candidates(place.old_commune, place.old_district, place.old_province, act);
            let own = (place.commune, place.province);
            let among = units
                .iter()
                .any(|(commune, province)| same_unit((commune, province), own));
            (!units.is_empty() && !among).then_some(units)
        },
        |p, path, place, units| {
            let file = crate::finding::where_of(p.record, path);
            p.explain(&format!("{path}.commune"))
                .with("slug", file)
                .with("old", old_name(place))
                .with("options", shown(units));
        },
    );
}
