//! Debian's PostgreSQL, started once for all tests of this process, in a folder of its own, on a socket in it.
//!
//! Invariant: never as root, never a cluster that was there before; it ends and its folder goes when this process ends, however it
//! ends: its keeper waits for the end of a pipe. It flushes like one in service.

use crate::kit::DEADLINE;
use endpoint::database::Engine;
use sqlx::{AnyConnection, Connection};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

/// `$1` the folder, `$2` where the programs are. Standard input stays open as long as the tests run.
const KEEPER: &str = r#"
set -e
as=()
if [ "$(id -u)" = 0 ]; then chown nobody "$1"; as=(setpriv --reuid=nobody --regid=nogroup --clear-groups); fi
trap 'rm -rf "$1"' EXIT
cd "$1"
"${as[@]}" "$2/initdb" -D "$1/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$1/initdb.log" 2>&1
"${as[@]}" "$2/postgres" -D "$1/data" -k "$1" -c listen_addresses= -c max_connections=300 >"$1/log" 2>&1 &
server=$!
read -r _ || true
# Before it is up it does not hear the first signal.
while kill -QUIT $server 2>/dev/null; do sleep 0.1; done
"#;

struct Server {
    folder: PathBuf,
    /// Kept for its standard input: when that closes, the server ends.
    _keeper: Child,
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(start)
}

/// The newest of Debian's versions.
fn programs() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").is_file())
        .collect();
    found.sort();
    found
        .pop()
        .expect("NOT RUN: PostgreSQL is not installed; `cargo xtask test` does that, or `apt-get install postgresql`")
}

fn start() -> Server {
    let folder = tempfile::tempdir().unwrap().keep();
    let keeper = Command::new("bash")
        .args(["-c", KEEPER, "keeper"])
        .arg(&folder)
        .arg(programs())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let server = Server {
        folder,
        _keeper: keeper,
    };
    sqlx::any::install_default_drivers();
    let begun = Instant::now();
    let rt = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    while let Err(fault) = rt.block_on(AnyConnection::connect(&address(&server, "public"))) {
        let said = std::fs::read_to_string(server.folder.join("log")).unwrap_or_default();
        assert!(
            begun.elapsed() < DEADLINE,
            "PostgreSQL does not answer: {fault}; it says {said}"
        );
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    server
}

fn address(server: &Server, schema: &str) -> String {
    format!(
        "postgres:///postgres?host={}&user=postgres&options[search_path]={schema}",
        server.folder.display()
    )
}

/// A new empty schema; its address is that of a database of its own.
pub fn schema() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("place{}", COUNT.fetch_add(1, Ordering::SeqCst));
    let server = server();
    let rt = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    rt.block_on(async {
        let mut db = AnyConnection::connect(&address(server, "public")).await.unwrap();
        let sql = sqlx::AssertSqlSafe(format!("CREATE SCHEMA {name}"));
        sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
        db.close().await.unwrap();
    });
    address(server, &name)
}

/// Everything the server keeps on the disk, for a search from outside. Nothing where the suite runs over SQLite.
pub fn files_of_the_server() -> Vec<PathBuf> {
    if crate::OVER == Engine::Sqlite {
        return Vec::new();
    }
    let base = server().folder.join("data");
    ["base", "pg_wal"]
        .iter()
        .flat_map(|part| crate::kit::files(&base.join(part)))
        .collect()
}
