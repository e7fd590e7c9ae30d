//! Item 21 as a whole: who is there, whether the general answers agree, years that cannot be, names.

use super::prelude::*;
use crate::form::SIBLINGS;
use crate::form::expected_singles;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("family.txt"),
    checks: &[
        ("LL-21d", years_fit),
        ("LL-21e", status_agrees),
        ("LL-21f", everybody_expected),
        ("LL-21k", history_without_holes),
        ("LL-21l", years_of_marriage),
        ("LL-21m", answer_about_abroad),
        ("LL-21n", answers_about_siblings_and_children),
        ("LL-21o", other_family_name),
        ("LL-21p", former_spouse),
        ("LL-21q", nobody_twice),
    ],
};

const FAMILY: &str = "family";
const STATUS: &str = "profile.marital_status";

/// Someone in a comparison of years: who, in the message, and the year.
struct Born {
    who: Param,
    place: String,
    year: i32,
}

fn own(p: &Probe<'_, '_>) -> Option<Born> {
    let year = p.year("birth_date")?;
    Some(Born {
        who: Param::Code("self"),
        place: "birth_date".to_string(),
        year,
    })
}

fn born(q: &Person<'_>) -> Option<Born> {
    Some(Born {
        who: person(&q.row),
        place: q.row.path("birth_year"),
        year: q.born?,
    })
}

/// Years a parent is at least older than a child: a bound of this library, not a rule.
const OLDER: i32 = 13;

fn too_young(p: &mut Probe<'_, '_>, parent: &Option<Born>, child: &Option<Born>) {
    if let (Some(parent), Some(child)) = (parent, child)
        && child.year - parent.year < OLDER
    {
        p.explain(&parent.place)
            .with("a", parent.who.clone())
            .with("b", child.who.clone());
    }
}

/// An elder sibling born later, a younger one born earlier.
fn wrong_order(p: &mut Probe<'_, '_>, q: &Person<'_>, elder: bool, of: &Option<Born>) {
    let (Some(year), Some(of)) = (q.born, of) else { return };
    if (elder && year > of.year) || (!elder && year < of.year) {
        p.explain_in(&q.row, "birth_year")
            .with("a", person(&q.row))
            .with("b", of.who.clone());
    }
}

/// LL-21d.
fn years_fit(p: &mut Probe<'_, '_>) {
    let one = |slug: &str| p.facts.relative(slug).and_then(born);
    let me = own(p);
    let (father, mother) = (one("father"), one("mother"));
    let spouse = one("husband").or_else(|| one("wife"));
    let (spouse_father, spouse_mother) = (one("spouse_father"), one("spouse_mother"));
    for parent in [&father, &mother] {
        too_young(p, parent, &me);
    }
    for parent in [&spouse_father, &spouse_mother] {
        too_young(p, parent, &spouse);
    }
    let lines = [
        ("paternal_grandfather", &father),
        ("paternal_grandmother", &father),
        ("maternal_grandfather", &mother),
        ("maternal_grandmother", &mother),
        ("spouse_paternal_grandfather", &spouse_father),
        ("spouse_paternal_grandmother", &spouse_father),
        ("spouse_maternal_grandfather", &spouse_mother),
        ("spouse_maternal_grandmother", &spouse_mother),
    ];
    for (grandparent, parent) in lines {
        too_young(p, &one(grandparent), parent);
    }
    for q in p.facts.people() {
        let Some(relation) = q.relation else { continue };
        let person = born(q);
        if SIBLINGS.contains(&relation.slug) {
            for parent in [&father, &mother] {
                too_young(p, parent, &person);
            }
            wrong_order(p, q, relation.slug.starts_with("elder"), &me);
        } else if SPOUSE_SIBLINGS.contains(&relation.slug) {
            for parent in [&spouse_father, &spouse_mother] {
                too_young(p, parent, &person);
            }
            wrong_order(p, q, relation.slug.starts_with("spouse_elder"), &spouse);
        } else if relation.slug == "biological_child" {
            for parent in [&me, &spouse] {
                too_young(p, parent, &person);
            }
        }
        life_fits(p, q);
    }
}

/// Death not before birth, neither in the future.
fn life_fits(p: &mut Probe<'_, '_>, q: &Person<'_>) {
    let died = q.row.year("death.year");
    if let (Some(died), Some(year)) = (died, q.born)
        && died < year
    {
        p.explain_in(&q.row, "death.year")
            .with("a", person(&q.row))
            .with("b", "năm sinh đã ghi");
    }
    let future = [("birth_year", q.born), ("death.year", died)]
        .into_iter()
        .find(|(_, year)| year.is_some_and(|y| y > p.act.y));
    if let Some((cell, _)) = future {
        p.explain_in(&q.row, cell)
            .with("a", person(&q.row))
            .with("b", "ngày khai");
    }
}

/// LL-21e.
fn status_agrees(p: &mut Probe<'_, '_>) {
    let spouse = p
        .people()
        .find(|q| q.is_one_of(&["husband", "wife"]) || q.relation.is_some_and(|r| r.side == Side::Spouse));
    let case = match p.text(STATUS) {
        "" => "status",
        "married" if !p.people().any(|q| q.is_one_of(&["husband", "wife"])) => "spouse_missing",
        "single" if spouse.is_some() => "single_with_spouse",
        _ => return,
    };
    p.explain(STATUS).case(case);
}

/// LL-21f.
fn everybody_expected(p: &mut Probe<'_, '_>) {
    for slug in expected_singles(p.record) {
        if p.relative(slug).is_none() {
            p.explain(FAMILY).said_at("family[].relation").code("relation", slug);
        }
    }
}

/// LL-21k.
fn history_without_holes(p: &mut Probe<'_, '_>) {
    let now = p.act.y;
    for q in p.facts.people().filter(|q| q.group() == Some(Group::B)) {
        let year = |row: &Row<'_>, cell: &str| match date::read(row.text(cell)) {
            Some(Typed::Present) => Some(now),
            typed => typed?.year(),
        };
        let mut rows: Vec<(i32, Option<i32>, &str)> = Vec::new();
        for row in q.row.rows("history") {
            if let Some(from) = year(&row, "from") {
                rows.push((from, year(&row, "to"), row.name));
            }
        }
        sort(&mut rows, |(a, _, _), (b, _, _)| a < b);
        let mut reach: Option<i32> = None;
        for (from, to, name) in rows {
            if let Some(after) = reach
                && from > after + 1
            {
                p.explain_in(&q.row, &format!("history/{name}/from"))
                    .about(&q.row)
                    .with("after", after)
                    .with("before", from);
            }
            // an end that is blank or cannot be read hides what follows
            reach = to.map(|to| reach.map_or(to, |r| r.max(to)));
        }
    }
}

/// LL-21l.
fn years_of_marriage(p: &mut Probe<'_, '_>) {
    let of = |slugs: &[&str]| {
        let q = p.facts.people().find(|q| q.is_one_of(slugs))?;
        Some((q.row.path("marriage_year"), q.row.year("marriage_year")?))
    };
    let me = date::read(p.text("profile.marriage_year"))
        .and_then(Typed::year)
        .map(|y| ("profile.marriage_year".to_string(), y));
    let pairs = [
        ("father", of(&["father"]), "mother", of(&["mother"])),
        ("self", me, "spouse", of(&["husband", "wife"])),
        (
            "spouse_father",
            of(&["spouse_father"]),
            "spouse_mother",
            of(&["spouse_mother"]),
        ),
    ];
    for (a, left, b, right) in pairs {
        if let (Some((_, left)), Some((place, right))) = (left, right)
            && left != right
        {
            p.explain(&place)
                .said_at("family[].marriage_year")
                .code("a", a)
                .code("b", b);
        }
    }
}

/// LL-21m.
fn answer_about_abroad(p: &mut Probe<'_, '_>) {
    const ANSWER: &str = "profile.relatives_abroad_answer";
    let some = p.people().any(|q| q.row.is("abroad.answer", "có") || is_foreign(q));
    let case = match (p.text(ANSWER), some) {
        ("", _) => "unanswered",
        ("có", false) => "none",
        ("không", true) => "some",
        _ => return,
    };
    p.explain(ANSWER).case(case);
}

/// LL-21n.
fn answers_about_siblings_and_children(p: &mut Probe<'_, '_>) {
    let questions: [(&str, &'static str, &[&str]); 3] = [
        ("profile.siblings_answer", "anh chị em ruột", &SIBLINGS),
        ("profile.children_answer", "con", &["biological_child", "adopted_child"]),
        (
            "profile.spouse_siblings_answer",
            "anh chị em ruột của vợ (chồng)",
            &SPOUSE_SIBLINGS,
        ),
    ];
    for (slug, who, relations) in questions {
        if slug == "profile.spouse_siblings_answer" && !p.is(STATUS, "married") {
            continue;
        }
        let some = p.people().any(|q| q.is_one_of(relations));
        let case = match (p.text(slug), some) {
            ("", _) => "unanswered",
            ("có", false) => "none",
            ("không", true) => "some",
            _ => continue,
        };
        p.explain(slug).case(case).with("who", who);
    }
}

/// LL-21o.
fn other_family_name(p: &mut Probe<'_, '_>) {
    if p.is("profile.naming_custom.answer", "có") {
        return;
    }
    let first = |name: &str| words(&fold(name)).next().unwrap_or("").to_string();
    let of = |slug: &str| p.relative(slug).map(|q| first(q.name)).filter(|n| !n.is_empty());
    let (Some(father), Some(mother)) = (of("father"), of("mother")) else {
        return;
    };
    let own = first(p.text("birth_name"));
    if !own.is_empty() && own != father && own != mother {
        p.explain("birth_name");
    }
}

/// LL-21p.
fn former_spouse(p: &mut Probe<'_, '_>) {
    if p.is(STATUS, "divorced") && p.relative("former_spouse").is_none() {
        p.explain(FAMILY).case("missing");
    }
    for q in p.facts.people().filter(|q| q.is("former_spouse")) {
        let lacks = missing(
            &q.row,
            &[
                "name",
                "birth_year",
                "marriage_year",
                "divorce.year",
                "divorce.decision",
            ],
        );
        if let Some(first) = lacks.first() {
            p.explain_in(&q.row, first).with("missing", lacks);
        }
    }
}

/// LL-21q.
fn nobody_twice(p: &mut Probe<'_, '_>) {
    let mut seen: Vec<Person<'_>> = Vec::new();
    for q in p.facts.people().filter(|q| q.relation.is_some() && !q.name.is_empty()) {
        let year = q.row.text("birth_year");
        let twice = seen
            .iter()
            .any(|known| known.relation == q.relation && known.row.is("birth_year", year) && same(known.name, q.name));
        if twice {
            p.explain_in(&q.row, "name").about(&q.row);
        } else {
            seen.push(*q);
        }
    }
}
