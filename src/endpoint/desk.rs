//! What the operator's commands share: the database on this thread, and a line in the access log for each act.
//!
//! Invariant: an act and its line are one transaction. The operator has no device: the lines name sixteen zero bytes.

use crate::database;
use crate::fault::Fault;
use crate::home::Home;
use crate::random::now;
use crate::store::Sql;
use std::io::Write;
use sync::endpoint::{LogRow, Store, StoreFault, log_hash};
use sync::id::{DeviceId, OpId};

/// The database, opened for a command.
pub struct Desk(Sql);

impl Desk {
    /// Opens it for changes.
    pub fn open(home: &Home) -> Result<Self, Fault> {
        let rt = runtime(home)?;
        let db = rt.block_on(database::open(home))?;
        Ok(Self(Sql::new(db, rt)))
    }

    /// Opens it to look only.
    pub fn open_to_read(home: &Home) -> Result<Self, Fault> {
        let rt = runtime(home)?;
        let db = rt.block_on(database::open_to_read(home))?;
        Ok(Self(Sql::new(db, rt)))
    }

    /// The tables.
    pub fn store(&mut self) -> &mut Sql {
        &mut self.0
    }

    /// Does something and writes its line, or neither.
    pub fn act<T>(
        &mut self,
        action: &'static str,
        target: OpId,
        work: impl FnOnce(&mut Sql) -> Result<T, StoreFault>,
    ) -> Result<T, Fault> {
        self.0.begin()?;
        let done = work(&mut self.0).and_then(|out| {
            line(&mut self.0, action, target)?;
            self.0.commit()?;
            Ok(out)
        });
        if done.is_err() {
            self.0.rollback();
        }
        Ok(done?)
    }

    /// Closes it; the log is folded in.
    pub fn close(self) -> Result<(), Fault> {
        let (db, rt) = self.0.into_parts();
        rt.block_on(database::close(db))
    }
}

/// One line of the log, in the transaction that is open.
pub fn line(store: &mut Sql, action: &'static str, target: OpId) -> Result<(), StoreFault> {
    let (n, prev) = store.log_head()?;
    let (n, time, actor) = (n + 1, now().wall_s, DeviceId::ZERO);
    let hash = log_hash(&prev, n, time, &actor, action, &target);
    store.put_log(&LogRow {
        n,
        time,
        actor,
        action,
        target,
        hash,
    })
}

fn runtime(home: &Home) -> Result<tokio::runtime::Runtime, Fault> {
    let rt = tokio::runtime::Builder::new_current_thread().enable_all().build();
    rt.map_err(|cause| Fault::Folder(home.folder.path().to_owned(), cause))
}

/// Lines for the operator.
pub fn say(lines: &[String]) -> Result<(), Fault> {
    let mut out = std::io::stdout().lock();
    let written = lines.iter().try_for_each(|line| writeln!(out, "{line}"));
    written.map_err(|cause| Fault::Output("standard output".into(), cause))
}
