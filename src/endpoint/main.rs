//! `lylich-endpoint`: the command line of the upload endpoint.
//!
//! Exit codes: 0 done, 1 something is wrong (said on standard error), 2 the command line, 74 the database cannot be trusted any more.

use clap::{Parser, Subcommand};
use endpoint::fault::Fault;
use endpoint::{branch, check, export, serve};
use std::io::Write;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Takes sealed dossiers for branches, stores each once, answers with signed receipts. Cannot read them.
#[derive(Parser)]
#[command(name = "lylich-endpoint", version)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve letters, and the built app too if its folder is given.
    Serve(serve::ServeArgs),
    /// Make a founding invite, or list the branches.
    Branch(branch::BranchArgs),
    /// Write what a branch received into a file for `lylich open`.
    Export(export::ExportArgs),
    /// Look whether database and keys are whole.
    Check(check::CheckArgs),
}

fn main() -> ExitCode {
    let line = Line::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .init();
    match run(&line.command) {
        Ok(code) => code,
        Err(fault) => {
            let _ = writeln!(std::io::stderr().lock(), "lylich-endpoint: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<ExitCode, Fault> {
    match command {
        Command::Serve(args) => serve::run(args)?,
        Command::Branch(args) => branch::run(args)?,
        Command::Export(args) => export::run(args)?,
        Command::Check(args) => {
            return Ok(if check::run(args)? {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            });
        }
    }
    Ok(ExitCode::SUCCESS)
}
