//! `lylich`: checks dossier files, prints the form and the rule book. Another way to the same library the page uses.
//!
//! Exit code 0: done; 1: vectors failed; 2: a file could not be read, with what is wrong and where on standard error.
//! Nothing is written but to standard output; findings stay on this machine.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

mod asked;
mod book;
mod check;
mod fault;
mod form;
mod lines;
mod open;
mod report;
mod source;

use clap::{Parser, Subcommand};
use fault::Fault;
use std::io::Write;
use std::process::ExitCode;

/// Kiểm tra bản nháp lý lịch của người xin vào Đảng (mẫu 2-KNĐ).
#[derive(Parser)]
#[command(name = "lylich", version)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Kiểm tra một tệp lý lịch, nhiều lý lịch (mỗi dòng một bản), hoặc chạy một tệp ví dụ kiểm thử.
    Check(check::Args),
    /// In mẫu 2-KNĐ: các mục, câu hỏi, gợi ý.
    Form(form::Args),
    /// In sổ quy tắc: mỗi quy tắc hỏi gì, hỏi ai, từ bao giờ, căn cứ đâu, ví dụ.
    Rules(book::Args),
    /// Mở những gì chi bộ đã nhận, bằng tệp khoá của chi bộ.
    Open(open::OpenArgs),
}

fn main() -> ExitCode {
    let line = Line::parse();
    let done = match line.command {
        Command::Check(args) => check::run(&args),
        Command::Form(args) => form::run(&args),
        Command::Rules(args) => book::run(&args),
        Command::Open(args) => open::run(&args).map_err(Fault::from),
    };
    match done {
        Ok(code) => code,
        // whoever reads our output has seen enough
        Err(Fault::Output(e)) if e.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(fault) => {
            let _ = writeln!(std::io::stderr().lock(), "{fault}");
            ExitCode::from(2)
        }
    }
}
