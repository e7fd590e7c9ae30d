//! Where things lie: the repository, cargo's target directory, the tools that are kept beside it.
//!
//! Invariant: every path is found from the running program or from cargo's own variables, never written down.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

use crate::run::Stop;

pub struct Tree {
    /// The repository.
    pub root: PathBuf,
    /// Cargo's target directory, shared with everything that is compiled.
    pub target: PathBuf,
    /// Tools of this project only: wasm-opt, axe-core, and cargo tools when another version is installed for the whole machine.
    pub tools: PathBuf,
}

impl Tree {
    /// The workspace that this program was compiled in.
    pub fn find() -> Result<Tree, Stop> {
        let manifest = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
        let root = Path::new(&manifest)
            .ancestors()
            .find(|up| up.join("Cargo.lock").is_file())
            .ok_or_else(|| Stop("the repository was not found; run `cargo xtask` inside it.".to_owned()))?
            .to_owned();
        let program = env::current_exe().map_err(|fault| Stop(format!("this program cannot find itself: {fault}.")))?;
        let target = program
            .ancestors()
            .nth(2)
            .map_or_else(|| root.join("target"), Path::to_owned);
        let tools = target.join("tools");
        Ok(Tree { root, target, tools })
    }

    /// Where finished pages go.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The search path for child processes: this project's tools first.
    pub fn search_path(&self) -> OsString {
        let mut places = vec![self.tools.join("bin"), self.tools.join("node_modules/.bin")];
        if let Some(cargo) = cargo_home() {
            places.push(cargo.join("bin"));
        }
        places.extend(env::var_os("PATH").iter().flat_map(env::split_paths));
        env::join_paths(places).unwrap_or_else(|_| env::var_os("PATH").unwrap_or_default())
    }

    /// The full path of a program on the search path.
    pub fn program(&self, name: &str) -> Option<PathBuf> {
        env::split_paths(&self.search_path())
            .map(|place| place.join(name))
            .find(|path| path.is_file())
    }
}

/// Cargo's own directory, where `cargo install` puts programs.
pub fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")))
}
