//! `lylich check`: one dossier, a file of many dossiers (one a line), or a file of test vectors.

use crate::fault::Fault;
use crate::{lines, report, source};
use rules::check::{self, Context};
use rules::{Settings, vectors};
use std::io::{self, Write};
use std::process::ExitCode;

/// What to check.
#[derive(clap::Args)]
pub struct Args {
    /// Tệp lý lịch (JSON), hoặc tệp .jsonl có mỗi dòng một lý lịch.
    #[arg(required_unless_present = "vectors")]
    pub file: Option<String>,
    /// Ngày để đối chiếu, thay cho ngày ghi trong tệp.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<String>,
    /// In kết quả dạng JSON.
    #[arg(long)]
    pub json: bool,
    /// Tệp có mỗi dòng một lý lịch, dù tên không phải .jsonl.
    #[arg(long)]
    pub lines: bool,
    /// Chạy một tệp ví dụ kiểm thử thay cho lý lịch.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "date", "lines"])]
    pub vectors: Option<String>,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Fault> {
    if let Some(file) = &args.vectors {
        return run_vectors(file, args.json);
    }
    let file = args.file.as_deref().unwrap_or_default();
    if args.lines || file.ends_with(".jsonl") || file.ends_with(".ndjson") {
        return lines::run(file, args);
    }
    let text = source::text(file)?;
    let dossier = source::dossier(file, 0, &text)?;
    let act = source::act(args.date.as_deref(), &dossier, file)?;
    let settings = Settings::read(&dossier.settings);
    let places = source::places()?;
    let cx = Context::new(act, &settings).with_places(&places);
    let found = check::run_sheet(&dossier.answers, &cx);
    let record = dossier.answers.record();
    let mut out = io::stdout().lock();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &report::findings(&record, &found)).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        let title = if dossier.title.is_empty() { file } else { &dossier.title };
        writeln!(out, "{title}\nĐối chiếu theo ngày {act}")?;
        report::text(&mut out, &record, &found)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn run_vectors(file: &str, as_json: bool) -> Result<ExitCode, Fault> {
    let text = source::text(file)?;
    let outcomes = vectors::run(&source::parse(file, 0, &text)?, None).map_err(|problem| Fault::Shape {
        file: file.to_string(),
        place: "vectors".to_string(),
        problem,
    })?;
    let failed = outcomes.iter().filter(|o| o.problem.is_some()).count();
    let mut out = io::stdout().lock();
    for o in &outcomes {
        if as_json {
            let line =
                serde_json::json!({ "id": o.id, "rule": o.rule, "passed": o.problem.is_none(), "problem": o.problem });
            writeln!(out, "{line}")?;
        } else if let Some(problem) = &o.problem {
            writeln!(out, "{} {}: {problem}", o.id, o.rule)?;
        }
    }
    writeln!(out, "{} passed, {failed} failed", outcomes.len() - failed)?;
    Ok(ExitCode::from(u8::from(failed > 0)))
}
