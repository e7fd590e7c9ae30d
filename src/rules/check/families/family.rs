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

/// Someone in a comparison of years: their row, none for the candidate, and the year of birth.
#[derive(Clone, Copy)]
struct Born<'f> {
    row: Option<&'f Row<'f>>,
    year: i32,
}

impl Born<'_> {
    fn who(&self) -> Param {
        self.row.map_or(Param::Code("self"), person)
    }
}

fn born<'f>(q: &'f Person<'_>) -> Option<Born<'f>> {
    let year = q.born?;
    Some(Born {
        row: Some(&q.row),
        year,
    })
}

/// The one of this relation; `self` is the candidate, `spouse` husband or wife.
fn one<'f>(p: &Probe<'f, '_>, slug: &str) -> Option<Born<'f>> {
    let of = |slug: &str| p.facts.relative(slug).and_then(born);
    match slug {
        "self" => p.year("birth_date").map(|year| Born { row: None, year }),
        "spouse" => of("husband").or_else(|| of("wife")),
        slug => of(slug),
    }
}

/// Years a parent is at least older than a child: a bound of this library, not a rule.
const OLDER: i32 = 13;

fn too_young(p: &mut Probe<'_, '_>, parent: Option<Born<'_>>, child: Option<Born<'_>>) {
    if let (Some(parent), Some(child)) = (parent, child)
        && child.year - parent.year < OLDER
    {
        let found = match parent.row {
            Some(row) => p.explain_in(row, "birth_year"),
            None => p.explain("birth_date"),
        };
        found.with("a", parent.who()).with("b", child.who());
    }
}

/// An elder sibling born later, a younger one born earlier.
fn wrong_order(p: &mut Probe<'_, '_>, q: &Person<'_>, elder: bool, of: Option<Born<'_>>) {
    let (Some(year), Some(of)) = (q.born, of) else { return };
    if (elder && year > of.year) || (!elder && year < of.year) {
        p.explain_in(&q.row, "birth_year")
            .with("a", person(&q.row))
            .with("b", of.who());
    }
}

/// Parents and their children, by relation.
static LINES: [(&str, &str); 12] = [
    ("father", "self"),
    ("mother", "self"),
    ("spouse_father", "spouse"),
    ("spouse_mother", "spouse"),
    ("paternal_grandfather", "father"),
    ("paternal_grandmother", "father"),
    ("maternal_grandfather", "mother"),
    ("maternal_grandmother", "mother"),
    ("spouse_paternal_grandfather", "spouse_father"),
    ("spouse_paternal_grandmother", "spouse_father"),
    ("spouse_maternal_grandfather", "spouse_mother"),
    ("spouse_maternal_grandmother", "spouse_mother"),
];

/// LL-21d.
fn years_fit(p: &mut Probe<'_, '_>) {
    for (parent, child) in &LINES {
        too_young(p, one(p, parent), one(p, child));
    }
    for q in p.facts.people() {
        let Some(relation) = q.relation else { continue };
        let (parents, beside) = if SIBLINGS.contains(&relation.slug) {
            (["father", "mother"], "self")
        } else if SPOUSE_SIBLINGS.contains(&relation.slug) {
            (["spouse_father", "spouse_mother"], "spouse")
        } else if relation.slug == "biological_child" {
            (["self", "spouse"], "")
        } else {
            life_fits(p, q);
            continue;
        };
        for parent in &parents {
            too_young(p, one(p, parent), born(q));
        }
        let elder = relation.slug.contains("elder_");
        wrong_order(p, q, elder, one(p, beside));
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
    for slug in expected_singles(|slug| p.text(slug)) {
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
    let facts = p.facts;
    let of = |who: &str| match who {
        "spouse" => facts.people().find(|q| q.is_one_of(&["husband", "wife"])),
        slug => facts.relative(slug),
    };
    for (a, b) in [
        ("father", "mother"),
        ("self", "spouse"),
        ("spouse_father", "spouse_mother"),
    ] {
        let Some(second) = of(b) else { continue };
        let left = match a {
            "self" => facts.year("profile.marriage_year"),
            slug => of(slug).and_then(|first| first.row.year("marriage_year")),
        };
        let right = second.row.year("marriage_year");
        if left.is_some() && right.is_some() && left != right {
            p.explain_in(&second.row, "marriage_year")
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
    if let Some(case) = answer_against(p.text(ANSWER), some) {
        p.explain(ANSWER).case(case);
    }
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
        if let Some(case) = answer_against(p.text(slug), some) {
            p.explain(slug).case(case).with("who", who);
        }
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
