//! The list of communes, fetched once from the release's own files when the first form is opened. Until it is there the place checks
//! keep silent; they never guess.

use std::cell::RefCell;

use rules::place::{Places, Unpacking};

use crate::net;

/// Bytes unpacked in one go: some hundredths of a second on a slow phone.
const PIECE: usize = 8_192;

thread_local! {
    static LOADED: RefCell<Option<Places>> = const { RefCell::new(None) };
}

/// Runs something with the list, if it is there.
pub fn with<T>(act: impl FnOnce(Option<&Places>) -> T) -> T {
    LOADED.with_borrow(|places| act(places.as_ref()))
}

/// Fetches the list; `true` when it became available just now.
pub async fn load() -> bool {
    if with(|places| places.is_some()) {
        return false;
    }
    let Some(packed) = net::asset("data/places.pack").await else {
        return false;
    };
    let mut unpacking = Unpacking::of(packed);
    let read = loop {
        match unpacking.go_on(PIECE) {
            Some(read) => break read,
            None => store::pause(0).await,
        }
    };
    let Ok(places) = read else {
        return false;
    };
    LOADED.set(Some(places));
    true
}
