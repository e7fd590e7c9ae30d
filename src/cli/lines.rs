//! A file of many dossiers, one a line: checked one by one, memory does not grow with the file.
//!
//! A line that is not a dossier is told with its number and the rest goes on; the exit code is then 2. On a terminal a bar shows how far it is.

use crate::asked::Asked;
use crate::check::Args;
use crate::fault::Fault;
use crate::{report, source};
use rules::Settings;
use rules::check::{self, Context};
use rules::finding::Severity;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

/// Checks every line of the file.
pub fn run(file: &str, args: &Args) -> Result<ExitCode, Fault> {
    let unreadable = |cause| Fault::Unreadable {
        file: file.to_string(),
        cause,
    };
    let opened = File::open(file).map_err(unreadable)?;
    let mut bar = Bar::new(opened.metadata().map(|m| m.len()).unwrap_or(0));
    let mut reader = BufReader::with_capacity(1 << 16, opened);
    let mut out = BufWriter::new(io::stdout().lock());
    let places = source::places()?;
    let places = Asked::of(&places);
    let mut line = Vec::new();
    let (mut number, mut good, mut bad) = (0, 0usize, 0usize);
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line).map_err(unreadable)?;
        if read == 0 {
            break;
        }
        number += 1;
        bar.forward(read as u64);
        let no_text = |e| unreadable(io::Error::new(io::ErrorKind::InvalidData, e));
        let line = simdutf8::compat::from_utf8(&line).map_err(no_text)?;
        if line.trim().is_empty() {
            continue;
        }
        match one(&mut out, file, number, line, args, &places) {
            Ok(()) => good += 1,
            Err(Fault::Output(e)) => return Err(Fault::Output(e)),
            Err(Fault::Date(text)) => return Err(Fault::Date(text)),
            Err(fault) => {
                bad += 1;
                bar.clear();
                let _ = writeln!(io::stderr().lock(), "dòng {number}: {fault}");
            }
        }
    }
    bar.clear();
    out.flush()?;
    drop(out);
    let _ = writeln!(
        io::stderr().lock(),
        "{good} lý lịch đã kiểm tra, {bad} dòng không đọc được"
    );
    Ok(ExitCode::from(if bad > 0 { 2 } else { 0 }))
}

fn one(
    out: &mut impl Write,
    file: &str,
    number: usize,
    line: &str,
    args: &Args,
    places: &Asked<'_>,
) -> Result<(), Fault> {
    let dossier = source::dossier(file, number - 1, line)?;
    let act = source::act(args.date.as_deref(), &dossier, file)?;
    let settings = Settings::read(&dossier.settings);
    let found = check::run_sheet(&dossier.answers, &Context::new(act, &settings).with_places(places));
    if args.json {
        let mut json = report::findings(&dossier.answers.record(), &found);
        if let Some(members) = json.as_object_mut() {
            members.insert("id".to_string(), dossier.id.as_str().into());
        }
        writeln!(out, "{json}")?;
        return Ok(());
    }
    let count = |severity: Severity| found.iter().filter(|f| f.severity == severity).count();
    let name = if dossier.id.is_empty() {
        format!("dòng {number}")
    } else {
        dossier.id
    };
    writeln!(
        out,
        "{name}\tblock {}\tapprove {}\texplain {}\tstyle {}",
        count(Severity::Block),
        count(Severity::Approve),
        count(Severity::Explain),
        count(Severity::Style)
    )?;
    Ok(())
}

/// How far the file is, drawn on standard error when that is a terminal.
struct Bar {
    total: u64,
    done: u64,
    drawn: u64,
    shown: bool,
}

/// Width of the bar in signs.
const WIDTH: u64 = 40;

impl Bar {
    fn new(total: u64) -> Bar {
        Bar {
            total,
            done: 0,
            drawn: u64::MAX,
            shown: io::stderr().is_terminal(),
        }
    }

    fn forward(&mut self, bytes: u64) {
        self.done += bytes;
        let percent = (self.done * 100).checked_div(self.total).unwrap_or(0);
        if !self.shown || percent == self.drawn {
            return;
        }
        self.drawn = percent;
        let full = percent.min(100) * WIDTH / 100;
        let bar: String = (0..WIDTH).map(|at| if at < full { '█' } else { '░' }).collect();
        let mut err = io::stderr().lock();
        let _ = write!(err, "\r{bar} {percent} %");
        let _ = err.flush();
    }

    fn clear(&mut self) {
        if self.shown && self.drawn != u64::MAX {
            let _ = write!(io::stderr().lock(), "\r{:60}\r", "");
            self.drawn = u64::MAX;
        }
    }
}
