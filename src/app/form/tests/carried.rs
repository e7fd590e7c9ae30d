//! A sheet on the form of 2022: it is drawn on that form, carried over on a tap and not before, and nothing of it is lost.

use super::*;
use crate::{desk::desk, form, screen::carried::carried, text::desk as words};
use rules::carry;

/// A dossier filled on the form of 2022.
const SHEET: [(&str, &str); 16] = [
    ("form.version", "2022"),
    ("profile.group", "pupil"),
    ("current_name", "LÒ THỊ MẨY"),
    ("birth_name", "LÒ THỊ MẪU"),
    ("birth_place.commune", "xã Phìn Hồ"),
    ("birth_place.province", "tỉnh Điện Biên"),
    ("ancestral_home.commune", "xã Phìn Hồ"),
    ("ancestral_home.old.district", "huyện Nậm Pồ"),
    ("ancestral_home_source", "id_card"),
    ("education.vocational", "Trung cấp thiết bị"),
    ("education.higher", "Cử nhân Toán"),
    ("life_history/a/from", "9-2015"),
    ("life_history/a/content", "Học sinh"),
    ("family/b/relation", "father"),
    ("family/b/name", "Lò Văn Mẫu"),
    ("declaration.text", "Tôi cam đoan như trên."),
];

async fn page(record: &[(&str, &str)]) -> Page {
    Page::drawing(record, || carried(desk())).await
}

#[wasm_bindgen_test]
async fn a_sheet_of_2022_is_drawn_on_the_form_of_2022() {
    let page = Page::of_field("birth_name", &SHEET).await;
    assert_eq!(page.desk.form().edition, "2022");
    let section = page.desk.form().section("ten-ngay-sinh").unwrap();
    let drawn = Page::drawing(&SHEET, move || items(section)).await;
    assert_eq!(drawn.input("current_name").value(), "LÒ THỊ MẨY");
    assert!(drawn.words().contains("Họ và tên đang dùng"));
    let findings = untrack(|| page.desk.findings());
    assert!(!findings.is_empty());
    let form = rules::form::lylich_2022();
    assert!(
        findings.iter().all(|f| rules::form::field(form, &f.place).is_some()),
        "{findings:?}"
    );
    page.desk.put("form.version", "2025".to_owned());
    assert_eq!(page.desk.form().edition, "2025");
}

#[wasm_bindgen_test]
async fn the_new_form_is_offered_and_nothing_changes_before_the_tap() {
    let page = page(&SHEET).await;
    assert!(page.words().contains(words::CARRY_OFFER));
    assert!(page.saved.borrow().is_empty());
    page.button(words::CARRY).click();
    drawn().await;
    assert_eq!(page.saved.borrow().len(), 1, "saved as one change");
    assert_eq!(page.last_saved("form.version"), "2025");
    assert_eq!(page.desk.form().edition, "2025");
    assert_eq!(focused(), "carried");
    assert!(!page.words().contains(words::CARRY_OFFER));
}

#[wasm_bindgen_test]
async fn no_answer_is_lost_and_what_has_no_place_is_shown() {
    let page = page(&SHEET).await;
    page.button(words::CARRY).click();
    drawn().await;
    let saved = page.saved.borrow().last().unwrap().clone();
    for (path, text) in &SHEET[1..] {
        let held = saved.fields().iter().find(|(_, held)| held == text);
        let (at, _) = held.unwrap_or_else(|| panic!("{path} is lost"));
        let on_the_form = rules::form::field(lylich(), at).is_some();
        assert!(
            on_the_form
                || page
                    .words()
                    .contains(if *text == "id_card" { "thẻ căn cước" } else { text }),
            "{path} is neither on the form nor shown"
        );
    }
}

#[wasm_bindgen_test]
async fn the_list_leads_to_the_fields_and_is_there_later() {
    let page = page(&SHEET).await;
    page.button(words::CARRY).click();
    drawn().await;
    let saved = page.saved.borrow().last().unwrap().clone();
    let changes = carry::changes(&saved);
    let links: Vec<String> = page
        .all("li a")
        .iter()
        .map(|link| link.get_attribute("href").unwrap())
        .collect();
    assert_eq!(links.len(), changes.len());
    for (link, change) in links.iter().zip(&changes) {
        let crate::route::Route::Section(section, Some(place)) = crate::route::read(link) else {
            panic!("{link} leads to no field");
        };
        assert_eq!(place, change.slug);
        let section = lylich().section(&section).unwrap();
        let answers: Vec<(&str, &str)> = saved.fields().iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
        let there = Page::drawing(&answers, move || items(section)).await;
        form::reveal(place.clone());
        drawn().await;
        assert!(
            there.root.query_selector(":focus").unwrap().is_some(),
            "{place} has no place for the cursor"
        );
    }
    let answers: Vec<(&str, &str)> = saved.fields().iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let later = self::page(&answers).await;
    assert!(!later.one("details").has_attribute("open"), "folded, but there");
    assert!(changes.iter().all(|change| later.words().contains(change.said)));
}

#[wasm_bindgen_test]
async fn a_declaration_of_the_time_of_2022_keeps_its_form() {
    let page = page(&[("form.version", "2022"), ("declaration.date", "28-9-2025")]).await;
    assert!(page.words().contains(words::CARRY_NOT_YET));
    assert!(page.all("button").is_empty());
    page.desk.put("declaration.date", "29-9-2025".to_owned());
    drawn().await;
    page.button(words::CARRY);
}

#[wasm_bindgen_test]
async fn a_sheet_of_2025_is_told_nothing() {
    for record in [&[][..], &[("form.version", "2025"), ("birth_name", "LÒ THỊ MẪU")]] {
        assert_eq!(page(record).await.words(), "");
    }
}
