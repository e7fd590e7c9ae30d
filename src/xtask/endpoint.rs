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
    pub endpoint: PathBuf,
    pub demo: PathBuf,
}

/// Builds the endpoint and the founder of the demo branch.
pub fn build(tree: &Tree) -> Result<Programs, Stop> {
    setup::packages(tree)?;
    step(
        "Building the endpoint",
        "2 to 4 minutes the first time, seconds afterwards",
        || {
            run(
                cargo(tree).args([
                    "build",
                    "--quiet",
                    "--locked",
                    "-p",
                    "lylich-endpoint",
                    "-p",
                    "xtask",
                    "--features",
                    "xtask/demo",
                    "--bin",
                    "lylich-endpoint",
                    "--bin",
                    "demo",
                ]),
                "the endpoint was not built; the lines above say why (a C compiler is needed for SQLite: `apt-get install build-essential`).",
            )
        },
    )?;
    let place = tree.target.join("debug");
    Ok(Programs {
        endpoint: place.join("lylich-endpoint"),
        demo: place.join("demo"),
    })
}
