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

/// The endpoint's program.
pub fn endpoint() -> PathBuf {
    named("LYLICH_ENDPOINT", || target().join("debug/lylich-endpoint"))
}

/// The founder of the demo branch.
pub fn demo() -> PathBuf {
    named("LYLICH_DEMO", || target().join("debug/demo"))
}

/// The `lylich` command line.
pub fn cli() -> PathBuf {
    named("LYLICH_CLI", || target().join("debug/lylich"))
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
    let path = env::var_os(variable)
        .filter(|text| !text.is_empty())
        .map_or_else(usual, PathBuf::from);
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
