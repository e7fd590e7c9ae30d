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
    let mut texts = Vec::new();
    for (commune, province) in units {
        texts.push(format!("{commune}, {province}"));
    }
    Param::Texts(texts)
}

/// What is to be said about a place.
struct Answer {
    /// The present names are not known.
    now: bool,
    /// The former names are not.
    before: bool,
    /// Units to choose from.
    units: Vec<(String, String)>,
}

/// The units to choose from, if there are any.
fn choice(units: Vec<(String, String)>) -> Option<Answer> {
    (!units.is_empty()).then_some(Answer {
        now: false,
        before: false,
        units,
    })
}

/// Asks about each different place once, and reports where it stands.
fn each_place(
    p: &mut Probe<'_, '_>,
    ask: &dyn Fn(&Place<'_>, &dyn Gazetteer) -> Option<Answer>,
    report: &dyn Fn(&mut Probe<'_, '_>, &str, &Place<'_>, &Answer),
) {
    let facts = p.facts;
    let Some(gaz) = facts.places else { return };
    let units = facts.units();
    let mut answers = Vec::new();
    for (at, place) in units.places.iter().enumerate() {
        if let Some(answer) = ask(place, gaz) {
            answers.push((at, place, answer));
        }
    }
    for (spot, own) in &units.spots {
        if let Some((_, place, answer)) = answers.iter().find(|(at, _, _)| at == own) {
            report(p, &spot.path(), place, answer);
        }
    }
}

/// Former names in one line, as written.
fn old_name(place: &Place<'_>) -> String {
    let mut parts = vec![place.old_commune, place.old_district, place.old_province];
    parts.retain(|name| !name.is_empty());
    parts.join(", ")
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
        &|place, gaz| {
            let now = unknown(gaz, place.commune, place.district, place.province);
            let before = unknown(gaz, place.old_commune, place.old_district, place.old_province);
            (now || before).then_some(Answer {
                now,
                before,
                units: Vec::new(),
            })
        },
        &|p, path, place, answer| {
            let file = p.where_of(path);
            if answer.now {
                let value = format!("{}, {}", place.commune, place.province);
                p.explain(&format!("{path}.commune"))
                    .with("slug", file.clone())
                    .with("value", value);
            }
            if answer.before {
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
        &|place, gaz| {
            if place.old_commune.is_empty() || !place.commune.is_empty() {
                return None;
            }
            choice(gaz.candidates(place.old_commune, place.old_district, place.old_province, act))
                .filter(|answer| answer.units.len() > 1)
        },
        &|p, path, _, answer| {
            p.explain(&format!("{path}.commune"))
                .with("options", shown(&answer.units));
        },
    );
}

/// FMT-18.
fn old_and_new_belong_together(p: &mut Probe<'_, '_>) {
    let act = p.act;
    each_place(
        p,
        &|place, gaz| {
            if place.old_commune.is_empty() || !gaz.is_current(place.commune, place.province, act) {
                return None;
            }
            let units = gaz.candidates(place.old_commune, place.old_district, place.old_province, act);
            let own = (place.commune, place.province);
            let among = units
                .iter()
                .any(|(commune, province)| same_unit((commune, province), own));
            choice(units).filter(|_| !among)
        },
        &|p, path, place, answer| {
            let file = p.where_of(path);
            p.explain(&format!("{path}.commune"))
                .with("slug", file)
                .with("old", old_name(place))
                .with("options", shown(&answer.units));
        },
    );
}
