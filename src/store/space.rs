//! Whether the browser will keep the data, and what to say when it may not (storage design §7).
//!
//! Invariant: nothing here is believed for saving; only a finished transaction is. Features are tested, never browser names.
//! Deliberately not here: the error of a full disk (`Fault::Full`).

use crate::browser::{navigator, property};
use crate::settings;
use js_sys::{Function, Promise, Reflect};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Below this a browser is private or the phone is nearly full.
const SMALL: f64 = 120.0 * 1024.0 * 1024.0;

thread_local! {
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// What the browser says about its store.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Space {
    /// Whether the browser promised not to clear the data by itself.
    pub persisted: bool,
    /// Bytes used by this site, roughly.
    pub used: Option<f64>,
    /// Bytes the site may use, by an estimate that is not the real limit.
    pub quota: Option<f64>,
    /// Whether a transaction can ask to be on the disk before it is done.
    pub strict: bool,
    /// An iPhone's Safari tab, whose data is not that of the Home Screen app.
    pub ios_tab: bool,
}

impl Space {
    /// What the person should know before writing, most important first.
    pub fn warnings(&self) -> Vec<&'static str> {
        let private = !self.persisted && self.quota.is_some_and(|quota| quota < SMALL);
        let facts = [
            (
                self.ios_tab,
                "Trên iPhone hãy thêm vào Màn hình chính trước khi khai: bản trong Safari và bản ở Màn hình chính không dùng chung dữ liệu, và Safari xoá sau 7 ngày không mở.",
            ),
            (
                private,
                "Có vẻ đây là cửa sổ ẩn danh: đóng lại là mất hết. Hãy mở ở cửa sổ thường.",
            ),
            (
                !self.persisted && !private,
                "Máy này có thể tự xoá dữ liệu khi đầy bộ nhớ. Hãy cài ứng dụng ra màn hình chính và lưu bản dự phòng.",
            ),
            (
                !self.strict,
                "Trình duyệt này có thể mất vài giây chữ cuối nếu tắt nguồn đột ngột.",
            ),
        ];
        facts
            .into_iter()
            .filter(|(holds, _)| *holds)
            .map(|(_, words)| words)
            .collect()
    }
}

/// Asks the browser.
pub async fn space() -> Space {
    let estimate = ask("estimate").await;
    let number = |name: &str| {
        estimate
            .as_ref()
            .and_then(|estimate| property(estimate, name)?.as_f64())
    };
    Space {
        persisted: persisted().await,
        used: number("usage"),
        quota: number("quota"),
        strict: has_strict(),
        ios_tab: navigator().and_then(|navigator| property(&navigator, "standalone")) == Some(JsValue::FALSE),
    }
}

/// Whether the browser promised not to clear the data by itself.
pub async fn persisted() -> bool {
    ask("persisted").await.is_some_and(|answer| answer.is_truthy())
}

/// At the first save of a page, unless the browser has promised before. Some browsers ask the person.
pub(crate) fn ask_once() {
    if settings::persist_answer() == Some(true) || ASKED.replace(true) {
        return;
    }
    wasm_bindgen_futures::spawn_local(async {
        if let Some(answer) = ask("persist").await {
            settings::set_persist_answer(answer.is_truthy());
        }
    });
}

fn has_strict() -> bool {
    let prototype = property(&js_sys::global(), "IDBTransaction").and_then(|class| property(&class, "prototype"));
    prototype.is_some_and(|prototype| Reflect::has(&prototype, &"durability".into()).unwrap_or(false))
}

async fn ask(question: &str) -> Option<JsValue> {
    let storage = property(&navigator()?, "storage")?;
    let method: Function = property(&storage, question)?.dyn_into().ok()?;
    let answer: Promise = method.call0(&storage).ok()?.dyn_into().ok()?;
    JsFuture::from(answer).await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn this_browser_can_ask_for_strict_writes() {
        let space = space().await;
        assert!(space.strict && !space.ios_tab);
        assert!(space.quota.is_some_and(|quota| quota > 0.0));
    }

    #[wasm_bindgen_test]
    fn each_condition_has_its_words() {
        let good = Space {
            persisted: true,
            strict: true,
            quota: Some(1e9),
            ..Space::default()
        };
        assert_eq!(good.warnings(), Vec::<&str>::new());
        assert!(
            Space {
                persisted: false,
                ..good
            }
            .warnings()
            .concat()
            .contains("tự xoá dữ liệu")
        );
        assert!(
            Space {
                persisted: false,
                quota: Some(1e6),
                ..good
            }
            .warnings()
            .concat()
            .contains("ẩn danh")
        );
        assert!(
            Space { strict: false, ..good }
                .warnings()
                .concat()
                .contains("vài giây chữ cuối")
        );
        assert!(
            Space { ios_tab: true, ..good }
                .warnings()
                .concat()
                .contains("Màn hình chính")
        );
    }
}
