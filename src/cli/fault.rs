//! What can go wrong, said for the person at the keyboard: which file, where in it, what to do.

use std::io;

/// A reason to stop.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file cannot be opened or read. The person checks the name and the rights.
    #[error("{file}: không đọc được tệp ({cause}). Hãy xem lại tên và quyền đọc tệp.")]
    Unreadable {
        /// File as given.
        file: String,
        /// Cause from the system.
        cause: io::Error,
    },
    /// The file is not JSON. The maker of the file mends the place.
    #[error("{file}: dòng {line}, cột {column}: chưa đúng JSON ({problem}).")]
    NotJson {
        /// File as given.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the reader stumbled over.
        problem: String,
    },
    /// The file is JSON of another shape. The maker of the file mends the place.
    #[error("{file}: tại {place}: {problem}.")]
    Shape {
        /// File as given.
        file: String,
        /// Path inside the file.
        place: String,
        /// What is wrong.
        problem: String,
    },
    /// A day on the command line that does not exist.
    #[error("--date {0}: cần một ngày có thật dạng YYYY-MM-DD.")]
    Date(String),
    /// A received file could not be opened.
    #[error(transparent)]
    Open(#[from] crate::open::OpenFault),
    /// Standard output was closed or is full.
    #[error("không ghi được kết quả: {0}")]
    Output(#[from] io::Error),
}
