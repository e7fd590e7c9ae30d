//! Small surgery on index.html, by exact text: what is expected and not found is a fault, never passed over.

use data_encoding::BASE64;
use sha2::{Digest, Sha384};

use super::{Files, names::START};
use crate::run::{Stop, stop};

const INLINE: &str = "<script type=\"module\">";
const END: &str = "</script>";

/// Puts `start.js` in the place of trunk's inline script: `script-src 'self'` stops inline ones, and trunk's knows one program only.
pub fn use_start_script(page: &mut String, files: &Files) -> Result<(), Stop> {
    if !files.contains_key(START) {
        return stop(format!("public/{START} is missing; it starts the program."));
    }
    let Some((from, to)) = page.find(INLINE).and_then(|from| {
        let length = page.get(from..)?.find(END)?;
        Some((from, from + length + END.len()))
    }) else {
        return stop("trunk's start script was not found in index.html; has trunk changed?");
    };
    page.replace_range(
        from..to,
        &format!("<script type=\"module\" src=\"./{START}\"></script>"),
    );
    Ok(())
}

/// `sha384-…` of the integrity attribute.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64.encode(&Sha384::digest(bytes)))
}

/// Stops on anything that the policy would stop in the browser: inline scripts, handlers and styles.
pub fn forbid_inline(page: &str) -> Result<(), Stop> {
    let bare: String = page
        .split("<!--")
        .enumerate()
        .map(|(nth, part)| {
            if nth == 0 {
                part
            } else {
                part.split_once("-->").map_or("", |it| it.1)
            }
        })
        .collect();
    for tag in bare.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        let name = tag.split_whitespace().next().unwrap_or_default();
        let attribute = |wanted: fn(&str) -> bool| {
            tag.split_whitespace()
                .skip(1)
                .filter_map(|word| word.split('=').next())
                .any(wanted)
        };
        if (name == "script" && !attribute(|it| it == "src"))
            || name == "style"
            || attribute(|it| it == "style")
            || attribute(|it| it.starts_with("on"))
        {
            return stop(format!(
                "index.html: `<{tag}>` is inline and the content security policy forbids it; put it into a file."
            ));
        }
    }
    Ok(())
}

/// Puts a line right behind the charset, before anything is loaded.
pub fn insert_first(page: &mut String, line: &str) -> Result<(), Stop> {
    insert_behind(page, "<meta charset=", line)
}

/// Puts a line right behind the policy.
pub fn insert_after_policy(page: &mut String, line: &str) -> Result<(), Stop> {
    insert_behind(page, "<meta http-equiv=\"Content-Security-Policy\"", line)
}

fn insert_behind(page: &mut String, tag: &str, line: &str) -> Result<(), Stop> {
    let Some(end) = page
        .find(tag)
        .and_then(|from| Some(from + page.get(from..)?.find('>')? + 1))
    else {
        return stop(format!("index.html has no `{tag}…`; it must stand first in the head."));
    };
    page.insert_str(end, &format!("\n  {line}"));
    Ok(())
}
