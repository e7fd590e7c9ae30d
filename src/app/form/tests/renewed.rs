//! A text that another phone wrote takes the place of the one on the screen, and a choice between two texts is stored.

use super::*;

#[wasm_bindgen_test]
async fn what_another_phone_wrote_is_shown_in_its_field_and_is_no_change_of_this_one() {
    let page = Page::of_section("ten-ngay-sinh", &[("birth_name", "HẠNG A NẾNH")]).await;
    assert_eq!(page.input("birth_name").value(), "HẠNG A NẾNH");
    let mut other = Record::new();
    other.set("birth_name", "HẠNG A NẾNH LỀNH");
    other.set("cover.usual_name", "Nếnh");
    page.desk.renew(other.fields(), 7);
    drawn().await;
    assert_eq!(page.input("birth_name").value(), "HẠNG A NẾNH LỀNH");
    assert_eq!(page.input("cover.usual_name").value(), "Nếnh");
    assert_eq!(page.desk.revision(), 7);
    assert!(page.saved.borrow().is_empty(), "nothing was typed here");
    type_in(&page.input("cover.usual_name"), "Lềnh");
    assert_eq!(
        page.last_saved("birth_name"),
        "HẠNG A NẾNH LỀNH",
        "typing goes on from it"
    );
}

#[wasm_bindgen_test]
async fn what_is_asked_follows_the_text_of_another_phone() {
    let page = Page::of_section("doan", &[]).await;
    let mut other = page.desk.with(Clone::clone);
    other.set("youth_union_admission.member", "có");
    page.desk.renew(other.fields(), 2);
    drawn().await;
    let branch = format!("#{}", spot::id("youth_union_admission.branch"));
    assert_eq!(page.all(&branch).len(), 1, "what is asked follows the new text");
    page.desk.renew(Record::new().fields(), 3);
    drawn().await;
    assert!(page.all(&branch).is_empty());
}

#[wasm_bindgen_test]
async fn a_choice_between_two_texts_is_stored_also_when_the_shown_one_stays() {
    let page = Page::of_field("birth_name", &[("birth_name", "HẠNG A NẾNH")]).await;
    page.desk.decide("birth_name", "HẠNG A NẾNH");
    assert_eq!((page.desk.revision(), page.saved.borrow().len()), (1, 1));
    page.desk.decide("birth_name", "HẠNG A LỀNH");
    drawn().await;
    assert_eq!(page.input("birth_name").value(), "HẠNG A LỀNH");
    assert_eq!(page.last_saved("birth_name"), "HẠNG A LỀNH");
}
