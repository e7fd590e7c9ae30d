//! The list as it stood when this vault was read last, to be shown at once while thousands of rows are read anew.
//!
//! Kept as a setting of the vault, sealed like everything there: a line a person, a number of this form in the first. Invariant: only the list
//! shows it, which says meanwhile that it is being read; nothing is made from it. Not here: what a line says (`office::list`).

use app::session::Session;
use office::{
    Group,
    list::{Line, List},
};
use rules::course;
use store::Change;

use crate::known::Known;

/// The setting of the vault.
const NAME: &str = "glance";
/// The first line of this form; another one is not read.
const FORM: &str = "1";

/// Keys of the people, and their lines.
#[derive(Default)]
pub struct Glance {
    /// As in addresses, each at the place of its line.
    pub keys: Vec<String>,
    /// Without what runs out.
    pub list: List,
}

/// As it was kept.
pub async fn kept(session: Session) -> Option<Glance> {
    let text = session.vault()?.read_setting(NAME).await.ok()??;
    let mut lines = text.lines();
    if lines.next() != Some(FORM) {
        return None;
    }
    let line = |text: &str| {
        let mut cells = text.split('\t');
        let mut cell = || cells.next();
        let key = cell()?.to_owned();
        let (name, unit, group, state) = (cell()?, cell()?, Group::read(cell()?), course::state(cell()?));
        Some((
            key,
            Line::glance((name, unit), group, state, usize::from(cell()? == "1")),
        ))
    };
    let (keys, lines) = lines.filter_map(line).unzip();
    Some(Glance {
        keys,
        list: List::new(lines),
    })
}

/// Keeps the list, when it is another one than is kept.
pub async fn keep(session: Session, known: &Known) {
    let Some(vault) = session.vault() else { return };
    let mut text = FORM.to_owned();
    for (person, line) in known.people.iter().zip(known.list.lines()) {
        let name = if line.name.trim().is_empty() {
            &person.name
        } else {
            &line.name
        };
        let cells = [
            person.key.as_str(),
            name,
            &line.unit,
            line.group.map_or("", Group::id),
            line.state.map_or("", |state| state.id),
            if line.unread > 0 { "1" } else { "" },
        ];
        text.push('\n');
        text += &cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).join("\t");
    }
    let before = vault.read_setting(NAME).await.ok().flatten();
    if before.as_ref() != Some(&text) {
        // Without it the list only comes later.
        drop(vault.commit(Change::setting(NAME, &text)).await);
    }
}
