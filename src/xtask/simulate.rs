//! `cargo xtask simulate`: any number of schedules of the sync core, with transparent doubles of ciphers and signatures.
//!
//! The simulator is built apart (`--cfg transparent`, a target directory of its own), so that the doubles can never come into anything
//! else. Not here: the schedules themselves (`sync::simulator`), threads and the report (`simulation`, the program that is started).

use std::process::Command;

use crate::{
    run::{Stop, cargo, run, step},
    tree::Tree,
};

/// Schedules of an ordinary test run.
pub const ORDINARY: &str = "2000";

/// Builds the simulator and plays what the words ask for.
pub fn simulate(tree: &Tree, words: &[&str]) -> Result<(), Stop> {
    build(tree)?;
    let mut play = program(tree);
    play.args(words);
    run(
        &mut play,
        "the simulation found a breach or did not understand its words; the lines above say which.",
    )
}

/// What an ordinary test run plays: kept seeds, schedules, controls.
pub fn for_tests(tree: &Tree) -> Result<Command, Stop> {
    build(tree)?;
    let mut play = program(tree);
    play.args(["--schedules", ORDINARY, "--controls"]);
    Ok(play)
}

fn build(tree: &Tree) -> Result<(), Stop> {
    step("Building the simulator", "a minute the first time", || {
        let mut build = cargo(tree);
        build
            .env("CARGO_TARGET_DIR", tree.target.join("simulate"))
            .env("RUSTFLAGS", "--cfg transparent")
            .args(["build", "--quiet", "--locked", "--release", "--features", "simulate"])
            .args(["-p", "xtask", "--bin", "simulation"]);
        run(&mut build, "the simulator was not built; the lines above say why.")
    })
}

fn program(tree: &Tree) -> Command {
    let mut play = crate::run::program(tree, &tree.target.join("simulate/release/simulation").to_string_lossy());
    play.current_dir(&tree.root);
    play
}
