//! Small surgery on index.html, by exact text: what is expected and not found is a fault, never passed over.

use data_encoding::BASE64;
use sha2::{Digest, Sha384};

use super::Files;
use crate::run::{Stop, stop};

const INLINE: &str = "<script type=\"module\">";
const END: &str = "</script>";
/// Its name until the hash comes in.
const START: &str = "start.js";

/// Moves trunk's inline script into `start.js`: `script-src 'self'` stops inline ones.
pub fn move_start_script(page: &mut String, files: &mut Files) -> Result<(), Stop> {
    let Some((from, to, script)) = page.find(INLINE).and_then(|from| {
        let rest = page.get(from + INLINE.len()..)?;
        let length = rest.find(END)?;
        Some((
            from,
            from + INLINE.len() + length + END.len(),
            rest.get(..length)?.trim().to_owned() + "\n",
        ))
    }) else {
        return stop("trunk's start script was not found in index.html; has trunk changed?");
    };
    page.replace_range(
        from..to,
        &format!("<script type=\"module\" src=\"./{START}\"></script>"),
    );
    files.insert(START.to_owned(), script.into_bytes());
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
