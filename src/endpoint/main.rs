//! `lylich-endpoint`: the command line of the upload endpoint.
//!
//! Exit codes: 0 done, 1 something is wrong (said on standard error), 2 the command line, 74 the database cannot be trusted any more.

use clap::{Parser, Subcommand};
use endpoint::fault::Fault;
use endpoint::{backup, check, export, found, list, log, purge, serve, switch_off};
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
    /// Print an invite with which a secretary founds a branch.
    Found(found::FoundArgs),
    /// List the branches.
    Branches(list::BranchesArgs),
    /// List the devices.
    Devices(list::DevicesArgs),
    /// Stop serving a device or a branch.
    SwitchOff(switch_off::SwitchOffArgs),
    /// Write all tables into one file.
    Backup(backup::BackupArgs),
    /// Read a backup into an empty database.
    Restore(backup::RestoreArgs),
    /// Drop what no longer has to be kept.
    Purge(purge::PurgeArgs),
    /// Show the access log and check its chain.
    Log(log::LogArgs),
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
    let whole = match command {
        Command::Serve(args) => serve::run(args).map(|()| true),
        Command::Found(args) => found::run(args).map(|()| true),
        Command::Branches(args) => list::branches(args).map(|()| true),
        Command::Devices(args) => list::devices(args).map(|()| true),
        Command::SwitchOff(args) => switch_off::run(args).map(|()| true),
        Command::Backup(args) => backup::run(args).map(|()| true),
        Command::Restore(args) => backup::restore(args).map(|()| true),
        Command::Purge(args) => purge::run(args).map(|()| true),
        Command::Export(args) => export::run(args).map(|()| true),
        Command::Log(args) => log::run(args),
        Command::Check(args) => check::run(args),
    }?;
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
