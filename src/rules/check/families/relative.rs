//! Item 21, person by person: what each group must say, the dead, members of the Party, what some booklets add.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new(
        "LL-21a",
        Explain,
        CorrectOrNote,
        "Ông bà: nội dung cần khai",
        "Mục 21 – {person} còn thiếu: {missing}. Không nhớ chính xác thì hỏi người lớn trong nhà và báo chi bộ.",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (21)")
    .reads("family[]")
    .run(grandparents),
    Rule::new(
        "LL-21b",
        Explain,
        CorrectOrNote,
        "Cha mẹ, vợ chồng: nội dung cần khai",
        "Mục 21 – {person} còn thiếu: {missing}. Hãy hỏi người nhà rồi bổ sung.",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (21)")
    .reads("family[]")
    .run(parents_and_spouse),
    Rule::new(
        "LL-21c",
        Explain,
        CorrectOrNote,
        "Anh chị em, con: nội dung cần khai",
        "Mục 21 – {person} còn thiếu: {missing}. Hãy hỏi người nhà rồi bổ sung.",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (21)")
    .reads("family[]")
    .run(siblings_and_children),
    Rule::new(
        "LL-21g",
        Explain,
        CorrectOrNote,
        "Người đã mất: lý do, năm, nơi",
        "Mục 21 – {person} đã mất: hãy ghi rõ {missing}.",
    )
    .variants(&[("year", "Mục 21 – {person} đã mất: nên ghi năm mất.")])
    .also(&[Style])
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (21)")
    .reads("family[].death")
    .run(the_dead),
    Rule::new(
        "LL-21h",
        Style,
        Info,
        "Người đã mất: bỏ trống nơi ở, nghề nghiệp",
        "Mục 21 – {person} đã mất: thường để trống nơi ở và nghề nghiệp hiện nay.",
    )
    .since(on(2026, 4, 1))
    .by(DECLARED)
    .cited("LHCM ~local")
    .seen(Seen::Local)
    .province("Thành phố Hồ Chí Minh")
    .reads("family[].death family[].residence family[].occupation")
    .run(no_home_and_work_of_the_dead),
    Rule::new(
        "LL-21i",
        Explain,
        CorrectOrNote,
        "Người thân là đảng viên: ghi chi bộ, đảng bộ",
        "Mục 21 – {person} là đảng viên: hãy ghi {missing}.",
    )
    .since(on(2026, 4, 1))
    .by(DECLARED)
    .cited("LHCM ~local")
    .seen(Seen::Local)
    .province("Thành phố Hồ Chí Minh")
    .reads("family[].party_member")
    .run(members_name_their_branch),
    Rule::new(
        "LL-21j",
        Style,
        Info,
        "Tôn giáo, dân tộc, quốc tịch của ông bà, cha mẹ",
        "Mục 21 – {person}: quyển in sẵn có hỏi thêm {missing}; nên ghi (không theo tôn giáo thì ghi “không”).",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("LDN26 ~local >2025-09-29")
    .seen(Seen::Local)
    .province("Thành phố Đà Nẵng")
    .reads("family[].religion family[].ethnicity family[].nationality")
    .run(what_some_booklets_add),
];

/// Reports what a person lacks.
fn lacking(p: &mut Probe<'_, '_>, q: &Person<'_>, lacks: Vec<&'static str>) {
    if let Some(first) = lacks.first() {
        p.explain(&q.row.path(first))
            .with("person", person(&q.row))
            .with("missing", lacks);
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
        lacking(p, &q, lacks);
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
        lacking(p, &q, lacks);
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
        lacking(p, &q, lacks);
    }
}

/// LL-21g.
fn the_dead(p: &mut Probe<'_, '_>) {
    for q in p.facts.people().filter(|q| q.dead) {
        match q.group() {
            Some(Group::B) => lacking(p, &q, missing(&q.row, &["death.year", "death.cause", "death.place"])),
            Some(Group::A | Group::C) if q.row.blank("death.year") => {
                p.style(&q.row.path("death.year"))
                    .case("year")
                    .with("person", person(&q.row))
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
            p.style(&q.row.path(cell)).with("person", person(&q.row));
        }
    }
}

/// LL-21i.
fn members_name_their_branch(p: &mut Probe<'_, '_>) {
    for q in p.facts.people().filter(|q| q.row.is("party_member.answer", "có")) {
        lacking(
            p,
            &q,
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
            p.style(&q.row.path(first))
                .with("person", person(&q.row))
                .with("missing", lacks);
        }
    }
}
