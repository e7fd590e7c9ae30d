//! What only certain files may name.

use crate::tree::{code, lies_in, names, sources};

/// Files that name a crate, outside of xtask and tests.
fn naming(krate: &str) -> Vec<String> {
    let product = |path: &str| lies_in(path, "src") && !lies_in(path, "src/xtask");
    sources()
        .into_iter()
        .filter(|file| product(&file.path) && names(&file.text, krate))
        .map(|file| file.path)
        .collect()
}

#[test]
fn only_the_two_programs_name_leptos() {
    let found = naming("leptos");
    assert!(!found.is_empty());
    assert!(
        found
            .iter()
            .all(|path| lies_in(path, "src/app") || lies_in(path, "src/branch")),
        "{found:?}"
    );
}

#[test]
fn one_file_names_reqwest() {
    assert_eq!(naming("reqwest"), ["src/app/net.rs"]);
}

#[test]
fn only_the_stores_database_files_name_indexeddb() {
    let found = naming("indexed_db_futures");
    assert!(!found.is_empty());
    assert!(
        found
            .iter()
            .all(|path| path == "src/store/idb.rs" || lies_in(path, "src/store/idb")),
        "{found:?}"
    );
}

#[test]
fn one_file_opens_a_transaction_that_writes() {
    let opens = |text: &str| {
        let code = code(text);
        code.contains("TransactionMode::Readwrite") || code.contains("IdbTransactionMode::Readwrite")
    };
    let found: Vec<String> = sources()
        .into_iter()
        .filter(|file| lies_in(&file.path, "src") && opens(&file.text))
        .map(|file| file.path)
        .collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(lies_in(&found[0], "src/store/idb"), "{found:?}");
}

#[test]
fn only_the_seals_name_a_cipher() {
    // Other crates cannot (see `arrows`); there `age` may be the name of a module about years.
    let may_hold = |path: &str| lies_in(path, "src/sync") || lies_in(path, "src/store");
    for cipher in ["age", "chacha20poly1305", "x25519_dalek", "aes", "aes_gcm"] {
        for path in naming(cipher).into_iter().filter(|path| may_hold(path)) {
            let seal =
                lies_in(&path, "src/sync/seal") || ["src/store/seal.rs", "src/store/slot.rs"].contains(&path.as_str());
            assert!(seal, "{path} names {cipher}");
        }
    }
}

#[test]
fn the_pure_crates_have_no_clock_no_thread_no_network_and_do_not_wait() {
    let pure = |path: &str| {
        ["src/rules", "src/sync", "src/office"]
            .iter()
            .any(|place| lies_in(path, place))
    };
    for file in sources()
        .iter()
        .filter(|file| pure(&file.path) && !file.path.contains("/benches/"))
    {
        let code = code(&file.text);
        for word in [
            "SystemTime",
            "Instant::now",
            "std::thread",
            "TcpStream",
            "UdpSocket",
            "std::fs",
            "async fn",
            ".await",
        ] {
            // A test may read a file of samples.
            let sample = word == "std::fs" && file.text.contains("#[test]");
            assert!(sample || !code.contains(word), "{} has {word}", file.path);
        }
    }
}

#[test]
fn nothing_is_drawn_from_text_as_markup_and_nothing_carries_its_own_style() {
    for file in sources().iter().filter(|file| lies_in(&file.path, "src/app")) {
        let code = code(&file.text);
        for word in [
            "inner_html",
            "set_inner_html",
            "insert_adjacent_html",
            "document().write",
            "eval(",
            " style=",
            "\tstyle=",
        ] {
            assert!(!code.contains(word), "{} has {}", file.path, word.trim());
        }
    }
}
