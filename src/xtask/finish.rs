//! From what trunk made to what is served: names with hashes, short names inside, the start script in a file of its own, the content security policy,
//! the service worker's list, and a brotli and a gzip copy beside every file that shrinks.
//!
//! Invariant: the same input gives the same bytes, and `dist/` is replaced as a whole: it never holds half of a release.
//! Not here: compiling (`page.rs`), the worker's own rules (`public/sw.js`).

mod bare;
pub mod compress;
mod glue;
mod html;
mod lines;
mod names;
mod policy;
mod release;

pub use release::{is_of_branch, is_precached};

use std::{collections::BTreeMap, fs, path::Path};

use crate::run::{Doing, Stop, stop};

/// The files of the page by name, `/` between directories.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The Argon2 worker's script keeps its plain name, because the program names it.
const WORKER: &str = "kdf.js";

/// Reads what trunk made in `from`, writes `to`, gives the release id back.
pub fn finish(from: &Path, to: &Path) -> Result<String, Stop> {
    let mut files = read(from)?;
    let id = shape(&mut files)?;
    compress::add(&mut files)?;
    replace(to, &files)?;
    Ok(id)
}

/// Everything but reading, compressing and writing.
fn shape(files: &mut Files) -> Result<String, Stop> {
    let mut page = take_text(files, "index.html")?;
    let worker = take_text(files, "sw.js")?;
    let policy = policy::policy(&take_config(files)?)?;
    pack_places(files);
    glue::shorten(files)?;
    for (_, sheet) in files.iter_mut().filter(|(name, _)| name.ends_with(".css")) {
        *sheet = bare::style(&String::from_utf8_lossy(sheet)).into_bytes();
    }
    for (_, program) in files.iter_mut().filter(|(name, _)| name.ends_with(".wasm")) {
        *program = lines::without_places(std::mem::take(program))?;
    }
    for name in [WORKER, names::START] {
        if let Some(script) = files.get_mut(name) {
            *script = bare::script(&String::from_utf8_lossy(script)).into_bytes();
        }
    }
    html::use_start_script(&mut page, files)?;
    names::add_hashes(&mut page, files, WORKER)?;
    html::forbid_inline(&page)?;
    html::insert_first(
        &mut page,
        &format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
            policy::for_meta(&policy)
        ),
    )?;
    let id = release::id(files, &page, &worker);
    html::insert_after_policy(&mut page, &format!("<meta name=\"release\" content=\"{id}\">"))?;
    files.insert("index.html".to_owned(), page.into_bytes());
    let worker = release::worker(&worker, &id, files)?;
    files.insert("sw.js".to_owned(), bare::script(&worker).into_bytes());
    Ok(id)
}

/// Both lists of places travel as one packed file, which no copy compresses further.
fn pack_places(files: &mut Files) {
    if let (Some(now), Some(old)) = (files.remove("data/places-now.txt"), files.remove("data/places-old.txt")) {
        files.insert("data/places.pack".to_owned(), rules::place::pack(&now, &old));
    }
}

/// The release that `dist` holds, read back from its service worker.
pub fn release_of(dist: &Path) -> Option<String> {
    release::read(&fs::read_to_string(dist.join("sw.js")).ok()?)
}

fn take_text(files: &mut Files, name: &str) -> Result<String, Stop> {
    let bytes = files.remove(name).ok_or_else(|| {
        Stop(format!(
            "trunk made no {name}; index.html must copy public/ to the root."
        ))
    })?;
    String::from_utf8(bytes).doing(format_args!("{name} is not UTF-8"))
}

fn take_config(files: &Files) -> Result<Vec<u8>, Stop> {
    files
        .get("config.json")
        .cloned()
        .ok_or_else(|| Stop("public/config.json is missing; see README, how to deploy.".to_owned()))
}

fn read(from: &Path) -> Result<Files, Stop> {
    let mut files = Files::new();
    let mut open = vec![from.to_owned()];
    while let Some(place) = open.pop() {
        for entry in fs::read_dir(&place).doing(format_args!("{} cannot be read", place.display()))? {
            let path = entry.doing("a directory entry cannot be read")?.path();
            let name = path
                .strip_prefix(from)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(
                    name,
                    fs::read(&path).doing(format_args!("{} cannot be read", path.display()))?,
                );
            }
        }
    }
    if files.is_empty() {
        stop("trunk made no files; the lines above say why.")
    } else {
        Ok(files)
    }
}

/// Writes beside, then swaps.
fn replace(to: &Path, files: &Files) -> Result<(), Stop> {
    let (next, last) = (to.with_extension("next"), to.with_extension("last"));
    let gone = |place: &Path| {
        if place.exists() {
            fs::remove_dir_all(place)
        } else {
            Ok(())
        }
    };
    gone(&next).doing("an old dist.next cannot be removed")?;
    for (name, bytes) in files {
        let path = next.join(name);
        if let Some(place) = path.parent() {
            fs::create_dir_all(place).doing(format_args!("{} cannot be made", place.display()))?;
        }
        fs::write(&path, bytes).doing(format_args!("{} cannot be written", path.display()))?;
    }
    gone(&last).doing("an old dist.last cannot be removed")?;
    if to.exists() {
        fs::rename(to, &last).doing("dist cannot be replaced")?;
    }
    fs::rename(&next, to).doing("dist cannot be replaced")?;
    gone(&last).doing("the old dist cannot be removed")
}

#[cfg(test)]
mod tests;
