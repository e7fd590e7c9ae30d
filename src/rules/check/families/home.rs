//! Items 5 to 7: place of birth registration, ancestral home, residence.

use super::prelude::*;
use crate::check::Gazetteer;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("LL-05", Explain, Correct, "Nơi đăng ký khai sinh ghi đủ địa danh", "Mục 5 cần đủ tên xã (phường, đặc khu) và tỉnh (thành phố).")
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (5)")
        .reads("birth_registration_place")
        .run(registration_with_names),
    Rule::new("LL-05b", Explain, CorrectOrNote, "Không ghi tên bệnh viện", "Mục 5 ghi nơi đăng ký (cấp) giấy khai sinh, không ghi tên bệnh viện, trạm y tế.")
        .since(on(2026, 4, 1))
        .by(DECLARED)
        .cited("LHCM ~local")
        .seen(Seen::Local)
        .province("Thành phố Hồ Chí Minh")
        .reads("birth_registration_place")
        .run(no_hospital),
    Rule::new("LL-05c", Explain, CorrectOrNote, "Địa danh mới kèm tên cũ", "Địa danh ở mục {item} cần ghi tên hiện nay và chú thích tên cũ, ví dụ: “xã …, tỉnh … (trước đây là xã …, huyện …, tỉnh …)”.")
        .variants(&[("district", "Tên hiện nay ở mục {item} không còn cấp huyện. Hãy bỏ tên huyện, chỉ để huyện trong phần chú thích tên cũ."), ("old_only", "Mục {item} đang ghi tên cũ. Hãy ghi tên xã, tỉnh hiện nay, rồi chú thích tên cũ."), ("old_without_district", "Phần tên cũ ở mục {item} còn thiếu tên huyện. Hãy ghi thêm huyện lúc đó."), ("old_missing", "Giấy khai sinh ghi tên cũ; hãy chú thích tên cũ sau tên hiện nay ở mục {item}.")])
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (5)")
        .reads("birth_registration_place ancestral_home")
        .run(new_name_with_the_old),
    Rule::new("LL-06", Explain, Correct, "Quê quán như giấy khai sinh", "Mục 6 ghi quê quán đúng như giấy khai sinh, đủ xã và tỉnh.")
        .variants(&[("certificate", "Quê quán ở mục 6 khác với giấy khai sinh bạn đã nhập. Hãy ghi theo giấy khai sinh.")])
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (6)")
        .reads("ancestral_home papers.birth_certificate.ancestral_home")
        .run(home_as_on_the_certificate),
    Rule::new("LL-06b", Explain, CorrectOrNote, "Quê quán so với cha", "Quê quán ở mục 6 khác với quê quán của cha, mẹ đã khai ở mục 21. Nếu giấy khai sinh ghi như vậy thì giữ nguyên và ghi chú cho chi bộ.")
        .since(on(2026, 4, 1))
        .by(DECLARED)
        .cited("LHCM ~local")
        .seen(Seen::Local)
        .province("Thành phố Hồ Chí Minh")
        .reads("ancestral_home family[].ancestral_home")
        .run(home_of_the_father),
    Rule::new("LL-06c", Explain, CorrectOrNote, "Quê quán lấy từ giấy tờ nào", "Bạn cho biết quê quán ghi theo trí nhớ. Hãy đối chiếu giấy khai sinh (hoặc căn cước nếu giấy khai sinh để trống) và hỏi chi bộ.")
        .since(on(2026, 4, 1))
        .by(DECLARED)
        .cited("LHCM ~local")
        .seen(Seen::Local)
        .province("Thành phố Hồ Chí Minh")
        .reads("ancestral_home_source")
        .run(home_from_memory),
    Rule::new("LL-07", Explain, Correct, "Nơi thường trú ghi đủ", "Nơi thường trú còn thiếu: {missing}. Ghi đủ thôn/bản (hoặc số nhà, đường), xã/phường, tỉnh/thành phố.")
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (7)")
        .reads("permanent_residence")
        .run(residence_in_full),
    Rule::new("LL-07b", Style, Info, "Nơi tạm trú", "Hướng dẫn chỉ yêu cầu ghi nơi tạm trú khi không có nơi thường trú; nhiều nơi vẫn ghi khi đang ở nơi khác. Hãy hỏi chi bộ cách ghi.")
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (7)")
        .reads("temporary_residence permanent_residence")
        .run(temporary_beside_permanent),
    Rule::new("LL-07c", Explain, Correct, "Không còn cấp huyện", "Địa chỉ hiện nay chỉ gồm xã/phường/đặc khu và tỉnh/thành phố; hãy bỏ tên huyện, quận, thị xã.")
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (7)")
        .reads("permanent_residence temporary_residence")
        .run(two_levels),
];

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
        ("detail", place.detail),
        ("commune", place.commune),
        ("province", place.province),
    ];
    let lacks: Vec<&'static str> = parts
        .into_iter()
        .filter(|(_, text)| text.is_empty())
        .map(|(code, _)| code)
        .collect();
    if let Some(first) = lacks.first() {
        p.explain(&format!("{PERMANENT}.{first}")).with("missing", lacks);
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
    text.split([',', ';', '(']).any(|part| {
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
