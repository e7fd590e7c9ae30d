//! The kept corpus of everything that people's files and texts go through, on an ordinary compiler: nothing panics.

#![allow(clippy::unwrap_used)]

#[path = "papers.rs"]
mod papers;

#[test]
fn every_kept_file_is_read_or_refused() {
    for (name, read) in papers::PAPERS {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../tests/fuzz/corpus")
            .join(name);
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let taken = files.filter(|file| read(&std::fs::read(file).unwrap())).count();
        assert!(taken > 0, "{name}: the corpus holds something good");
    }
}
