//! Where the endpoint keeps its things: the data folder with the keys, and the database: a file in that folder or a PostgreSQL.
//!
//! Invariant: the private keys are always in the folder, never in the database. Not here: opening either (`database`, `keys`).

use crate::fault::Fault;
use crate::folder::Folder;
use clap::Args;
use std::path::PathBuf;

/// The options that every command has.
#[derive(Args, Clone)]
pub struct HomeArgs {
    /// Folder for the keys, and for the SQLite database unless another is named.
    #[arg(long, default_value = "data")]
    pub data: PathBuf,
    /// A PostgreSQL database, such as postgres:///lylich?host=/run/postgresql&user=lylich.
    #[arg(long, env = "LYLICH_DATABASE", hide_env_values = true, value_name = "URL")]
    pub database: Option<String>,
}

impl HomeArgs {
    /// Makes the folder if needed.
    pub fn open(&self) -> Result<Home, Fault> {
        Ok(Home {
            folder: Folder::open(&self.data)?,
            server: self.database.clone(),
        })
    }
}

/// The folder, and which database.
#[derive(Clone)]
pub struct Home {
    /// The data folder.
    pub folder: Folder,
    /// Address of a PostgreSQL database; `None`: SQLite in the folder.
    pub server: Option<String>,
}
