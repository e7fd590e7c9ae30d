//! What can stop a command, in words for the operator. Each says what is wrong and what to do.

use std::net::SocketAddr;
use std::path::PathBuf;

/// Why a command stopped. All of it is for the operator to mend.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A listening address that others can reach, without a proxy in front.
    #[error(
        "{0} can be reached from other machines, and this program does not speak TLS itself: listen on 127.0.0.1, or put a TLS \
         proxy in front and say so with --behind-proxy"
    )]
    OpenAddress(SocketAddr),
    /// The address cannot be taken.
    #[error("cannot listen on {0}: {1}; choose another with --listen")]
    Listen(SocketAddr, std::io::Error),
    /// The data folder cannot be made or read.
    #[error("cannot use the data folder {0}: {1}")]
    Folder(PathBuf, std::io::Error),
    /// The key file cannot be read or written.
    #[error("cannot use the key file {0}: {1}")]
    KeyFile(PathBuf, std::io::Error),
    /// The key file is open to others.
    #[error("the key file {0} can be read by others: run `chmod 600` on it, and consider the keys known")]
    KeyFileOpen(PathBuf),
    /// The key file holds something else.
    #[error(
        "the key file {0} is damaged: restore it from the sealed copy; without it every branch must print new sheets"
    )]
    KeyFileDamaged(PathBuf),
    /// The database's library is too old.
    #[error("SQLite {0} is too old: 3.51.3 or newer is needed, older ones can corrupt a database in WAL mode")]
    OldSqlite(String),
    /// `--database` names something else than a PostgreSQL.
    #[error(
        "--database wants an address that begins with postgres:// (without it the database is a file in the data folder)"
    )]
    NoServer,
    /// The server does not flush.
    #[error("the PostgreSQL server runs with {0} = off and may lose what it confirmed: switch it on")]
    NotFlushed(&'static str),
    /// The database is damaged.
    #[error("the database {0} is damaged ({1}): stop here and restore the last backup")]
    Damaged(PathBuf, String),
    /// The database cannot be opened or read.
    #[error("cannot use the database: {0}")]
    Database(#[from] sqlx::Error),
    /// The core's view of the same.
    #[error("cannot use the database: {0}")]
    Store(#[from] sync::endpoint::StoreFault),
    /// A backup is not read over something.
    #[error(
        "this database holds something already: a backup is restored into an empty one (another --data or --database)"
    )]
    NotEmpty,
    /// That number was never given, or is confirmed already.
    #[error("{0} is not a number that a backup of this database can reach, or a later one is confirmed already")]
    Watermark(u32),
    /// Neither a device nor a branch, or nothing to undo.
    #[error("{0} is not here, or was not switched off here; `devices` and `branches` show what there is")]
    NoneSuch(String),
    /// The site to serve is not there.
    #[error("{0} holds no index.html: build the app first, or leave --app away")]
    NoSite(PathBuf),
    /// The app's origin is not one.
    #[error("{0:?} is not an origin such as https://lylich.example")]
    Origin(String),
    /// Nothing can be exported yet.
    #[error("no branch has been founded here yet; `lylich-endpoint found` prints the invite for that")]
    NoneYet,
    /// Nothing was exported.
    #[error("no branch {0} here; `lylich-endpoint branches` shows which there are")]
    NoBranch(String),
    /// Which branch is meant?
    #[error("there are {0} branches here: say which with --branch ID (`lylich-endpoint branches` shows them)")]
    WhichBranch(usize),
    /// A file or the screen cannot be written.
    #[error("cannot write {0}: {1}")]
    Output(PathBuf, std::io::Error),
}
