//! `cargo xtask test`: every check there is, one after the other, and one line of counts at the end.
//!
//! Invariant: a step that fails is counted and the rest still runs, so that one run shows everything; nothing that a runner says is
//! swallowed; the command fails when anything failed.

use std::{fs, path::Path, process::Command};

use crate::{
    count::Count,
    endpoint::{self, Programs},
    page,
    run::{Stop, cargo, step, stop, watched},
    setup, simulate, size,
    tree::Tree,
};

/// Crates that run on this machine.
const NATIVE: [&str; 14] = [
    "-p",
    "lylich-rules",
    "-p",
    "lylich-office",
    "-p",
    "lylich-sync",
    "-p",
    "lylich-endpoint",
    "-p",
    "lylich-cli",
    "-p",
    "xtask",
    "--features",
    "xtask/demo",
];
/// Crates that run in the browser.
const BROWSER: [&str; 3] = ["lylich-store", "lylich-app", "lylich-branch"];
/// Tests that drive what is shipped: their names and cargo targets.
const DRIVEN: [(&str, &[&str]); 4] = [
    ("harness", &["--lib"]),
    ("service worker", &["--test", "worker"]),
    ("house rules", &["--test", "house"]),
    ("end to end", &["--test", "e2e"]),
];
const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

/// Runs the steps whose name contains `only`, or all; `long`: whole counts of faults instead of samples.
pub fn test(tree: &Tree, only: Option<&str>, long: bool) -> Result<(), Stop> {
    setup::for_tests(tree)?;
    setup::packages(tree)?;
    let mut run = Run {
        tree,
        only,
        // Ten times as many runs of each row of faults; where they can be counted out, all of them.
        long: long.then_some(("LYLICH_FAULTS", "10")),
        count: Count::default(),
        faults: Vec::new(),
    };
    run.check("formatting", "seconds", cargo(tree).args(["fmt", "--all", "--check"]))?;
    run.check(
        "lints, native",
        "1 to 4 minutes the first time",
        cargo(tree)
            .args(["clippy", "--quiet", "--locked", "--all-targets"])
            .args(NATIVE)
            .args(["-p", "lylich-tests", "--", "-D", "warnings"]),
    )?;
    let mut lints = cargo(tree);
    lints
        .args(["clippy", "--quiet", "--locked", "--all-targets"])
        .args(WASM);
    for package in BROWSER {
        lints.args(["-p", package]);
    }
    run.check(
        "lints, browser",
        "1 to 3 minutes the first time",
        lints.args(["--", "-D", "warnings"]),
    )?;
    run.tests(
        "native tests",
        "2 to 6 minutes the first time",
        cargo(tree)
            .args(["test", "--quiet", "--locked", "--no-fail-fast"])
            .args(NATIVE)
            .env("LYLICH_SCHEMATHESIS", setup::schemathesis_program(tree))
            .envs(run.long),
    )?;
    run.tests(
        "rules as the page has them",
        "a minute the first time",
        cargo(tree)
            .args(["test", "--quiet", "--locked", "--no-fail-fast"])
            .args(["-p", "lylich-rules", "--no-default-features"]),
    )?;
    if run.wanted("simulator") {
        let mut play = simulate::for_tests(tree)?;
        run.tests("simulator", "a quarter of a minute", &mut play)?;
    }
    for package in BROWSER {
        if has_browser_tests(&tree.root.join("src").join(package.trim_start_matches("lylich-"))) {
            run.tests(
                &format!("tests in the browser: {package}"),
                "1 to 3 minutes the first time",
                cargo(tree)
                    // The runner in the browser does not know `--quiet`, which cargo would hand on.
                    .args(["test", "--locked", "--no-fail-fast", "-p", package])
                    .args(WASM)
                    .env("CHROMEDRIVER", tree.program("chromedriver").unwrap_or_default())
                    .env("WASM_BINDGEN_TEST_TIMEOUT", "300"),
            )?;
        }
    }
    run.end_to_end()?;
    run.end()
}

/// What the end-to-end tests must find: programs, page, axe-core.
pub fn surroundings(tree: &Tree, programs: &Programs, command: &mut Command) {
    command
        .env("LYLICH_PROGRAMS", &programs.place)
        .env("LYLICH_DIST", tree.dist())
        .env("LYLICH_AXE", tree.tools.join("node_modules/axe-core/axe.min.js"))
        .env("LYLICH_CHROMIUM", tree.program("chromium").unwrap_or_default())
        .env("LYLICH_CHROMEDRIVER", tree.program("chromedriver").unwrap_or_default());
}

struct Run<'a> {
    tree: &'a Tree,
    only: Option<&'a str>,
    long: Option<(&'static str, &'static str)>,
    count: Count,
    faults: Vec<String>,
}

impl Run<'_> {
    fn wanted(&self, name: &str) -> bool {
        self.only.is_none_or(|word| name.contains(word))
    }

    fn check(&mut self, name: &str, how_long: &str, command: &mut Command) -> Result<(), Stop> {
        if !self.wanted(name) {
            return Ok(());
        }
        let held = step(name, how_long, || watched(command, |_| ()))?;
        self.count.check(held);
        if !held {
            self.faults.push(name.to_owned());
        }
        Ok(())
    }

    fn tests(&mut self, name: &str, how_long: &str, command: &mut Command) -> Result<(), Stop> {
        if !self.wanted(name) {
            return Ok(());
        }
        let before = self.count;
        let (mut count, mut results) = (before, 0);
        let succeeded = step(name, how_long, || {
            watched(command, |line| results += u32::from(count.read(line)))
        })?;
        count.close(before, succeeded, results);
        self.count = count;
        if count.failed > before.failed {
            self.faults.push(name.to_owned());
        }
        Ok(())
    }

    /// Builds what is shipped and drives it with a real browser.
    fn end_to_end(&mut self) -> Result<(), Stop> {
        if !self.wanted("build") && !DRIVEN.iter().any(|(name, _)| self.wanted(name)) {
            return Ok(());
        }
        let built = page::build(self.tree).and_then(|_| endpoint::build(self.tree));
        self.count.check(built.is_ok());
        let programs = match built {
            Ok(programs) => programs,
            Err(Stop(sentence)) => {
                eprintln!("xtask: {sentence}");
                self.faults
                    .push("build (the tests that need it did not run)".to_owned());
                return Ok(());
            }
        };
        let fits = size::fits(self.tree);
        self.count.check(fits.is_ok());
        if let Err(Stop(sentence)) = fits {
            eprintln!("xtask: {sentence}");
            self.faults.push("size".to_owned());
        }
        for (name, target) in DRIVEN {
            let mut command = cargo(self.tree);
            command
                .args(["test", "--quiet", "--locked", "--no-fail-fast", "-p", "lylich-tests"])
                .args(target);
            // One browser at a time: two cores.
            command.args(["--", "--test-threads=1"]).envs(self.long);
            surroundings(self.tree, &programs, &mut command);
            self.tests(name, "1 to 5 minutes", &mut command)?;
        }
        Ok(())
    }

    fn end(self) -> Result<(), Stop> {
        for fault in &self.faults {
            eprintln!("failed: {fault}");
        }
        println!("\n{}", self.count);
        if self.count.failed == 0 {
            Ok(())
        } else {
            stop("not everything holds; the lines marked `failed` above say where.")
        }
    }
}

fn has_browser_tests(place: &Path) -> bool {
    let Ok(entries) = fs::read_dir(place) else { return false };
    entries.filter_map(Result::ok).any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return has_browser_tests(&path);
        }
        path.extension().is_some_and(|end| end == "rs")
            && fs::read_to_string(&path).is_ok_and(|text| text.contains("#[wasm_bindgen_test"))
    })
}
