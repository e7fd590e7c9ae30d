//! Builds the native programs that `serve` and the tests start.
//!
//! In cargo's dev profile, on purpose: it shares its compiled packages with the tests, is ready minutes sooner, and serves one person's
//! demo as well. A deployment builds with `cargo build --release -p lylich-endpoint`.

use std::path::PathBuf;

use crate::{
    run::{Stop, cargo, run, step},
    setup,
    tree::Tree,
};

/// The programs, ready to start.
pub struct Programs {
    /// Their directory.
    pub place: PathBuf,
    pub endpoint: PathBuf,
    pub demo: PathBuf,
}

/// Builds the endpoint, the command line and the founder of the demo branch.
pub fn build(tree: &Tree) -> Result<Programs, Stop> {
    setup::packages(tree)?;
    step(
        "Building the endpoint and the command line",
        "2 to 4 minutes the first time, seconds afterwards",
        || {
            let mut build = cargo(tree);
            build.args(["build", "--quiet", "--locked", "--features", "xtask/demo"]);
            build.args(["-p", "lylich-endpoint", "-p", "lylich-cli", "-p", "xtask"]);
            build.args(["--bin", "lylich-endpoint", "--bin", "lylich", "--bin", "demo"]);
            run(
                &mut build,
                "the endpoint was not built; the lines above say why (SQLite needs a C compiler: `apt-get install build-essential`).",
            )
        },
    )?;
    let place = tree.target.join("debug");
    Ok(Programs {
        endpoint: place.join("lylich-endpoint"),
        demo: place.join("demo"),
        place,
    })
}
