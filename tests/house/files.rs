//! What every file has and none has.

use std::path::Path;

use harness::place;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::tree::{code, lies_in, sources, texts};

/// Longer only where the file is data: the form, the instruments, vectors.
const LONGEST: usize = 600;
const DATA: [&str; 3] = ["src/rules/form", "src/rules/law", "src/rules/vectors"];

#[test]
fn every_source_says_first_what_the_reader_finds_there() {
    for file in sources() {
        let opening = file.text.lines().next().unwrap_or_default();
        assert!(
            opening.starts_with("//! ") && opening.len() > 16,
            "{} opens with `{opening}`",
            file.path
        );
    }
}

#[test]
fn no_file_is_longer_than_one_reads() {
    for file in sources() {
        let lines = file.text.lines().count();
        assert!(
            lines <= LONGEST || DATA.iter().any(|place| lies_in(&file.path, place)),
            "{} has {lines} lines",
            file.path
        );
    }
}

#[test]
fn a_module_stands_beside_its_directory_and_src_holds_no_second_src() {
    for file in texts() {
        assert!(!file.path.ends_with("/mod.rs"), "{}", file.path);
        assert_eq!(
            Path::new(&file.path)
                .components()
                .filter(|part| part.as_os_str() == "src")
                .count()
                .max(1),
            1,
            "{}",
            file.path
        );
    }
}

#[test]
fn every_text_is_composed() {
    for file in texts() {
        let Some((nth, line)) = file.text.lines().enumerate().find(|(_, line)| !is_nfc(line)) else {
            continue;
        };
        panic!(
            "{} line {}: `{line}` should be `{}`",
            file.path,
            nth + 1,
            line.nfc().collect::<String>()
        );
    }
}

#[test]
fn the_repository_stands_alone() {
    // Put together here, so that this file does not hold what it forbids.
    let outside = [
        ["..", "/shared"].concat(),
        ["/ro", "ot/"].concat(),
        ["/ho", "me/"].concat(),
    ];
    let own_place = place::root()
        .parent()
        .map(|up| format!("{}/", up.display()))
        .unwrap_or_default();
    for file in texts().iter().filter(|file| file.path != "Cargo.lock") {
        for word in outside.iter().chain([&own_place]).filter(|word| word.len() > 2) {
            assert!(!file.text.contains(word.as_str()), "{} names {word}", file.path);
        }
    }
}

#[test]
fn nothing_is_left_for_later_or_passed_over() {
    for file in sources() {
        let code = code(&file.text);
        for word in ["todo!", "unimplemented!", "dbg!", "#[ignore"] {
            assert!(!code.contains(word), "{} has {word}", file.path);
        }
        let marks = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["XX", "X:"].concat()];
        assert!(
            !marks.iter().any(|mark| file.text.contains(mark.as_str())),
            "{} has a mark for later",
            file.path
        );
    }
}

#[test]
fn the_decider_runs_exactly_the_readmes_command() {
    let run = std::fs::read_to_string(place::root().join(".ci/run")).unwrap();
    let last = run.lines().rfind(|line| !line.trim().is_empty()).unwrap();
    assert_eq!(last, "exec cargo xtask test");
    let readme = std::fs::read_to_string(place::root().join("README.md")).unwrap();
    assert!(readme.contains("cargo xtask serve") && readme.contains("cargo xtask test"));
}
