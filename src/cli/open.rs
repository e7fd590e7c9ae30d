//! `lylich open`: gives back what a branch received, field for field what was typed, from the endpoint's export and a key file.
//!
//! Invariant: only what a confirmed author wrote is given out (`sync::reader`); everything else is named on standard error and makes
//! the exit code 1. The key is read and never written. The newest version of each record, or every one with `--all`.

use clap::Args;
use rules::record::{Record, Tree};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use sync::body::plain::Plain;
use sync::container::FileFault;
use sync::export::Export;
use sync::found::BRANCH_LINE;
use sync::id::BranchId;
use sync::keys::Seed;
use sync::kind::Kind;
use sync::reader::{self, Doubt, Piece};
use sync::receipt::Receipt;
use sync::seal::hazmat::parse_identities;
use sync::seal::safe::SealFault;

/// The command's own options.
#[derive(Args)]
pub struct OpenArgs {
    /// Tệp khoá của chi bộ (dòng AGE-SECRET-KEY-1…; sau khi đổi khoá có thêm dòng của khoá cũ).
    #[arg(long)]
    key: PathBuf,
    /// Tệp do máy chủ xuất ra (`lylich-endpoint export`).
    export: PathBuf,
    /// Thư mục để ghi, mỗi bản một tệp JSON. Không có thì in ra màn hình.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Lấy mọi bản đã nộp, không chỉ bản mới nhất.
    #[arg(long)]
    all: bool,
}

/// Why nothing could be opened. The person at the keyboard mends it.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// A file cannot be read.
    #[error("{0}: không đọc được tệp ({1}). Hãy xem lại tên và quyền đọc tệp.")]
    Unreadable(String, io::Error),
    /// The key file is none.
    #[error(
        "{0}: không phải tệp khoá: cần ít nhất một dòng AGE-SECRET-KEY-1…, và mọi dòng khác bắt đầu bằng dấu thăng."
    )]
    NotAKey(String),
    /// The export is some other file.
    #[error("{0}: không phải tệp xuất của máy chủ. Hãy xuất lại bằng `lylich-endpoint export`.")]
    NotAnExport(String),
    /// The export is damaged.
    #[error("{0}: tệp bị hỏng hoặc thiếu. Hãy chép hoặc xuất lại.")]
    Damaged(String),
    /// The export is newer than this program.
    #[error("{0}: tệp do bản chương trình mới hơn xuất ra. Hãy dùng bản mới hơn để mở.")]
    Newer(String),
    /// The key belongs to another branch.
    #[error("{file}: tệp này của chi bộ {found}, còn khoá là của chi bộ {expected}. Hãy chọn đúng khoá.")]
    OtherBranch {
        /// The export.
        file: String,
        /// Its branch.
        found: BranchId,
        /// The key's branch.
        expected: BranchId,
    },
    /// None of it is sealed to this key.
    #[error("khoá này không mở được bản nào trong tệp. Hãy dùng khoá của chi bộ đã nhận.")]
    WrongKey,
    /// A result cannot be written.
    #[error("{0}: không ghi được ({1}).")]
    Unwritable(String, io::Error),
}

/// Runs it: 0 when everything was opened and confirmed, 1 when something was left out.
pub fn run(args: &OpenArgs) -> Result<ExitCode, OpenFault> {
    let (secrets, expected) = keys(&args.key)?;
    let export = export(&args.export)?;
    match expected {
        Some(expected) if expected != export.branch => {
            let file = shown(&args.export);
            return Err(OpenFault::OtherBranch {
                file,
                found: export.branch,
                expected,
            });
        }
        Some(_) => (),
        None => tell(&format!(
            "Tệp khoá không ghi chi bộ nào. Bạn so mã chi bộ này với tờ mời: {}",
            export.branch
        )),
    }
    let pieces = reader::open(&export, &secrets);
    if !pieces.is_empty() && pieces.iter().all(|piece| piece.plain == Err(SealFault::NotForThisKey)) {
        return Err(OpenFault::WrongKey);
    }
    let (good, left_out) = sort(pieces);
    for line in &left_out {
        tell(line);
    }
    let chosen = if args.all { good } else { newest(good) };
    write(&chosen, args.out.as_deref())?;
    tell(&format!("Đã mở {} bản, để lại {} bản.", chosen.len(), left_out.len()));
    Ok(if left_out.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn tell(line: &str) {
    // Whoever closed standard error does not want to be told.
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// The secrets, and the branch that a comment of the file names.
fn keys(path: &Path) -> Result<(Vec<Seed>, Option<BranchId>), OpenFault> {
    let text = fs::read_to_string(path).map_err(|cause| OpenFault::Unreadable(shown(path), cause))?;
    let branch = text
        .lines()
        .find_map(|line| line.strip_prefix(BRANCH_LINE)?.trim().parse().ok());
    let secrets = parse_identities(&text).ok_or_else(|| OpenFault::NotAKey(shown(path)))?;
    Ok((secrets, branch))
}

fn export(path: &Path) -> Result<Export, OpenFault> {
    let bytes = fs::read(path).map_err(|cause| OpenFault::Unreadable(shown(path), cause))?;
    Export::decode(&bytes).map_err(|fault| match fault {
        FileFault::Foreign | FileFault::OtherType => OpenFault::NotAnExport(shown(path)),
        FileFault::Damaged => OpenFault::Damaged(shown(path)),
        FileFault::Newer => OpenFault::Newer(shown(path)),
    })
}

/// What is opened and confirmed, and a line for each that is not.
fn sort(pieces: Vec<Piece>) -> (Vec<(Piece, Plain)>, Vec<String>) {
    let (mut good, mut left_out) = (Vec::new(), Vec::new());
    for piece in pieces {
        let code = Receipt::code(&piece.hash());
        match (piece.plain.clone(), piece.doubt) {
            (Ok(plain), None) => good.push((piece, plain)),
            (_, Some(doubt)) => left_out.push(format!("Mã {code}: Chưa xác nhận được người ghi ({}).", why(doubt))),
            (Err(fault), None) => left_out.push(format!("Mã {code}: chưa mở được ({}).", seal_words(fault))),
        }
    }
    (good, left_out)
}

fn why(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Signature => "chữ ký không khớp",
        Doubt::Certificate => "máy ký không phải của người ghi",
        Doubt::Role => "chưa có bí thư nào xác nhận vai trò",
        Doubt::Disagrees => "phần trong không khớp phần ngoài",
        Doubt::Body => "nội dung không phải nội dung đã ký",
    }
}

fn seal_words(fault: SealFault) -> &'static str {
    match fault {
        SealFault::NotForThisKey => "khoá cho người khác",
        SealFault::Newer => "cần bản chương trình mới hơn",
        SealFault::BadRecipient | SealFault::Damaged => "bị hỏng",
    }
}

/// The last version of each record.
fn newest(good: Vec<(Piece, Plain)>) -> Vec<(Piece, Plain)> {
    let mut last = BTreeMap::new();
    for (piece, plain) in good {
        last.insert(plain.record, (piece, plain));
    }
    let mut chosen: Vec<(Piece, Plain)> = last.into_values().collect();
    chosen.sort_by_key(|(piece, _)| piece.server_seq);
    chosen
}

fn write(chosen: &[(Piece, Plain)], out: Option<&Path>) -> Result<(), OpenFault> {
    let Some(folder) = out else {
        let mut screen = io::stdout().lock();
        return chosen
            .iter()
            .try_for_each(|(piece, plain)| writeln!(screen, "{:#}", dossier(piece, plain)))
            .map_err(|cause| OpenFault::Unwritable("màn hình".to_owned(), cause));
    };
    fs::create_dir_all(folder).map_err(|cause| OpenFault::Unwritable(shown(folder), cause))?;
    for (piece, plain) in chosen {
        let path = folder.join(name(piece, plain));
        put(&path, &format!("{:#}\n", dossier(piece, plain)))
            .map_err(|cause| OpenFault::Unwritable(shown(&path), cause))?;
    }
    Ok(())
}

/// Only for its owner's eyes: an opened dossier lies in clear.
fn put(path: &Path, text: &str) -> io::Result<()> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?
        .write_all(text.as_bytes())
}

/// No name of a person in a file's name.
fn name(piece: &Piece, plain: &Plain) -> String {
    let what = if piece.kind() == Some(Kind::Note) {
        "nhan-xet"
    } else {
        "ly-lich"
    };
    format!("{what}-{}-{:06}.json", plain.record, piece.server_seq)
}

/// The interchange shape, with a part that says where it comes from.
fn dossier(piece: &Piece, plain: &Plain) -> Value {
    let entries = match rules::form::by_id(&plain.form) {
        Some(form) => Record::from_fields(plain.fields.clone()).to_dossier_entries(form),
        // A form this program does not know: the answers as they lie in the record.
        None => Tree::Group(
            plain
                .fields
                .iter()
                .map(|(path, text)| (path.as_str().into(), Tree::from(text.as_str())))
                .collect(),
        ),
    };
    json!({
        "schema": "ly-lich-dossier/1",
        "id": plain.record.to_string(),
        "title": format!("{} (mã {})", plain.form, Receipt::code(&piece.hash())),
        "received": {
            "server_time": piece.server_time,
            "code": Receipt::code(&piece.hash()),
            "op": plain.op_id.to_string(),
            "account": plain.account.to_string(),
            "form": plain.form,
            "rules": plain.rules_version,
            "declared": plain.declared,
            "about": plain.about.map(|id| id.to_string()),
            "corrects": plain.corrects.map(|id| id.to_string()),
        },
        "entries": entries,
    })
}
