//! Where the driven programs and files are. `cargo xtask test` names them; a run by hand finds them where they are built.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ lies in the repository")
        .to_owned()
}

/// Cargo's target directory: two up from the running test program.
pub fn target() -> PathBuf {
    let program = env::current_exe().expect("a test program knows its path");
    program
        .ancestors()
        .find(|up| up.ends_with("debug") || up.ends_with("release"))
        .and_then(Path::parent)
        .expect("a target directory")
        .to_owned()
}

/// A program of ours: `lylich-endpoint`, `lylich`, `demo`.
pub fn program(name: &str) -> PathBuf {
    let place = env::var_os("LYLICH_PROGRAMS").map_or_else(|| target().join("debug"), PathBuf::from);
    there("LYLICH_PROGRAMS", place.join(name))
}

/// The invented dossiers.
pub fn people() -> PathBuf {
    root().join("tests/people")
}

/// The finished page.
pub fn dist() -> PathBuf {
    named("LYLICH_DIST", || root().join("dist"))
}

/// axe-core.
pub fn axe() -> PathBuf {
    named("LYLICH_AXE", || target().join("tools/node_modules/axe-core/axe.min.js"))
}

/// The browser.
pub fn chromium() -> PathBuf {
    named("LYLICH_CHROMIUM", || on_path("chromium"))
}

/// The browser's driver.
pub fn chromedriver() -> PathBuf {
    named("LYLICH_CHROMEDRIVER", || on_path("chromedriver"))
}

fn named(variable: &str, usual: impl FnOnce() -> PathBuf) -> PathBuf {
    there(
        variable,
        env::var_os(variable)
            .filter(|text| !text.is_empty())
            .map_or_else(usual, PathBuf::from),
    )
}

fn there(variable: &str, path: PathBuf) -> PathBuf {
    assert!(
        path.exists(),
        "{} is missing (set {variable}, or run `cargo xtask test`, which builds and installs it)",
        path.display()
    );
    path
}

fn on_path(name: &str) -> PathBuf {
    env::var_os("PATH")
        .and_then(|all| {
            env::split_paths(&all)
                .map(|place| place.join(name))
                .find(|path| path.is_file())
        })
        .unwrap_or_else(|| name.into())
}
