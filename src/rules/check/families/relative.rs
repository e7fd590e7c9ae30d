//! Item 21, person by person: what each group must say, the dead, members of the Party, what some booklets add.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("relative.txt"),
    checks: &[
        ("LL-21a", grandparents),
        ("LL-21b", parents_and_spouse),
        ("LL-21c", siblings_and_children),
        ("LL-21g", the_dead),
        ("LL-21h", no_home_and_work_of_the_dead),
        ("LL-21i", members_name_their_branch),
        ("LL-21j", what_some_booklets_add),
    ],
};

/// Reports what a person lacks.
fn person_lacks(p: &mut Probe<'_, '_>, q: &Person<'_>, lacks: Vec<&'static str>) {
    if let Some(first) = lacks.first() {
        p.explain_in(&q.row, first).about(&q.row).with("missing", lacks);
    }
}

/// LL-21a.
fn grandparents(p: &mut Probe<'_, '_>) {
    for q in p.facts.people().filter(|q| q.group() == Some(Group::A)) {
        let mut lacks = missing(&q.row, &["name", "birth_year", "ancestral_home"]);
        if !q.dead {
            lacks.extend(missing(&q.row, &["residence", "occupation"]));
        }
        lacks.extend(missing(&q.row, &["political_note"]));
        person_lacks(p, q, lacks);
    }
}

/// LL-21b.
fn parents_and_spouse(p: &mut Probe<'_, '_>) {
    for q in p.facts.people().filter(|q| q.group() == Some(Group::B)) {
        let mut lacks = missing(
            &q.row,
            &[
                "name",
                "birth_year",
                "birth_place",
                "ancestral_home",
                "history",
                "political_note",
            ],
        );
        if !q.dead {
            lacks.extend(missing(&q.row, &["residence", "occupation", "compliance"]));
        }
        person_lacks(p, q, lacks);
    }
}

/// LL-21c.
fn siblings_and_children(p: &mut Probe<'_, '_>) {
    for q in p.facts.people().filter(|q| q.group() == Some(Group::C)) {
        let mut lacks = missing(&q.row, &["name", "birth_year"]);
        if !q.dead {
            let age = q.born.map(|born| p.act.y - born);
            lacks.extend(missing(&q.row, &["nationality", "residence"]));
            if age.is_some_and(|age| age >= 6) {
                lacks.extend(missing(&q.row, &["occupation"]));
            }
            if age.is_some_and(|age| age >= 18) {
                lacks.extend(missing(&q.row, &["economic", "compliance"]));
                if q.row.blank("criminal_record.answer") {
                    lacks.push("criminal_record");
                }
            }
        }
        person_lacks(p, q, lacks);
    }
}

/// LL-21g.
fn the_dead(p: &mut Probe<'_, '_>) {
    for q in p.facts.people().filter(|q| q.dead) {
        match q.group() {
            Some(Group::B) => person_lacks(p, q, missing(&q.row, &["death.year", "death.cause", "death.place"])),
            Some(Group::A | Group::C) if q.row.blank("death.year") => {
                p.style_in(&q.row, "death.year")
                    .case("year")
                    .about(&q.row)
                    .with("missing", vec!["death.year"]);
            }
            _ => {}
        }
    }
}

/// LL-21h.
fn no_home_and_work_of_the_dead(p: &mut Probe<'_, '_>) {
    for q in p.facts.people().filter(|q| q.dead) {
        if let Some(cell) = ["residence", "occupation"]
            .into_iter()
            .find(|cell| !q.row.nothing(cell))
        {
            p.style_in(&q.row, cell).about(&q.row);
        }
    }
}

/// LL-21i.
fn members_name_their_branch(p: &mut Probe<'_, '_>) {
    for q in p.facts.people().filter(|q| q.row.is("party_member.answer", "có")) {
        person_lacks(
            p,
            q,
            missing(
                &q.row,
                &["party_member.admitted", "party_member.branch", "party_member.committee"],
            ),
        );
    }
}

/// LL-21j.
fn what_some_booklets_add(p: &mut Probe<'_, '_>) {
    for q in p
        .facts
        .people()
        .filter(|q| matches!(q.group(), Some(Group::A | Group::B)))
    {
        let lacks = missing(&q.row, &["religion", "ethnicity", "nationality"]);
        if let Some(first) = lacks.first() {
            p.style_in(&q.row, first).about(&q.row).with("missing", lacks);
        }
    }
}
