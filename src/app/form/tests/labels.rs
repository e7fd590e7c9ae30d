//! Every control of the form is named, described and found once.

use std::collections::HashSet;

use rules::form::{Kind, Section};

use super::*;

/// One row in every group, one relative of each group of the paper, so that every column is on the page.
fn full(section: &Section) -> Vec<(String, String)> {
    let mut answers = Vec::new();
    for field in section
        .items
        .iter()
        .flat_map(|item| item.fields)
        .filter(|field| field.kind.has_rows())
    {
        answers.push((format!("{}/aa/#", field.slug), "1".to_owned()));
        if field.kind == Kind::Persons {
            for (row, relation) in [
                ("aa", "father"),
                ("bb", "paternal_grandmother"),
                ("cc", "younger_brother"),
                ("dd", "former_spouse"),
            ] {
                answers.push((format!("family/{row}/#"), row.to_owned()));
                answers.push((format!("family/{row}/relation"), relation.to_owned()));
                answers.push((format!("family/{row}/history/hh/#"), "1".to_owned()));
                answers.push((
                    format!("family/{row}/death.answer"),
                    if row == "bb" { "có" } else { "không" }.to_owned(),
                ));
            }
        }
    }
    answers
}

#[wasm_bindgen_test]
async fn every_control_has_a_label_and_every_reference_leads_somewhere() {
    for section in lylich().sections {
        let answers = full(section);
        let answers: Vec<(&str, &str)> = answers
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        let page = Page::of_section(section.slug, &answers).await;
        // Cards lie within cards, and covered answers have no control until they are tapped.
        for closed in [".veil", ".entry__toggle", ".veil", ".entry .entry .entry__toggle"] {
            for head in page.all(closed) {
                head.unchecked_into::<HtmlElement>().click();
            }
            drawn().await;
        }
        let mut ids = HashSet::new();
        for element in page.all("[id]") {
            assert!(ids.insert(element.id()), "{} twice in {}", element.id(), section.slug);
        }
        for control in page.all("input, textarea, select") {
            let named = control.closest("label").unwrap().is_some()
                || page.all(&format!("label[for='{}']", control.id())).len() == 1;
            assert!(named, "{} has no label", control.outer_html());
            let described = control.get_attribute("aria-describedby").unwrap_or_default();
            for id in described.split_whitespace() {
                assert!(
                    ids.contains(id),
                    "{} is described by {id}, which is not there",
                    control.id()
                );
            }
        }
    }
}

#[wasm_bindgen_test]
async fn the_locked_section_has_nothing_to_write_in() {
    let page = Page::of_section("cap-uy-ghi", &[]).await;
    assert!(page.all("input, textarea, select, button").is_empty());
    assert!(page.words().contains(crate::text::form::LOCKED));
}
