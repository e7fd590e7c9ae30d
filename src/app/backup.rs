//! The second copy: a file with the vault as it is locked, to be kept elsewhere, and the way back from such a file.
//!
//! Invariant: the file's name holds a day and nothing else; nothing is said to be safe that a browser only promises to download.
//! Not here: what the file holds (`store::restore`, `sync::backup`), the readable export (`save_file`).

use leptos::task::spawn_local;
use store::{Fault, settings};
use sync::{backup::LARGEST, container::FileFault};
use web_sys::File;

use crate::{
    app::{Gate, Root, root},
    chosen::{self, chosen},
    clock,
    el::{Piece, View, button, el, hint, pieces, question},
    held::Held,
    live, lock, save_file,
    session::{Session, session},
    text::{desk as words, gate},
};

/// "Lưu bản dự phòng", and what came of it.
pub fn save_button(session: Session) -> View {
    let said = Held::new(String::new());
    let save = move |_| {
        spawn_local(async move {
            let words = match session.backup().await {
                Ok(file) => {
                    let name = format!("du-phong-{}.lylich", clock::today().iso());
                    save_file::save(&name, "application/octet-stream", &file);
                    asked(session);
                    words::saved_as(&name)
                }
                Err(fault) => fault.words().to_owned(),
            };
            said.try_set(words);
        });
    };
    pieces![
        button("btn").on("click", save).child(words::BACKUP),
        " ",
        el("span").attr("role", "status").child(live::value(said))
    ]
}

/// Asks for a backup, at most once a day, when the vault was opened with something in it that is nowhere else.
pub fn ask() -> View {
    let session = session();
    live::live_if(move || {
        session.wants_backup.get().then(|| {
            let later = move |_| {
                asked(session);
                session.wants_backup.set(false);
            };
            el("section").class("update").attr("aria-label", words::BACKUP).child(
                el("p")
                    .child(words::BACKUP_ASK)
                    .child(" ")
                    .child(save_button(session))
                    .child(button("btn btn--quiet").on("click", later).child(words::BACKUP_LATER)),
            )
        })
    })
}

fn asked(session: Session) {
    if let Some(vault) = session.vault() {
        settings::set_backup_asked(vault.db_id());
    }
}

/// "Mở bản dự phòng": the vault in the file is put beside the others.
pub fn open_file() -> View {
    let root = root();
    let said = Held::new(String::new());
    let take = chosen(move |file| async move {
        match restore(&file).await {
            Ok(()) => show(root),
            Err(fault) => said.try_set(fault.words().to_owned()),
        }
    });
    let file = el("input")
        .id("backup")
        .attr("type", "file")
        .attr("aria-describedby", "backup-hint backup-complaint")
        .on("change", take);
    el("details")
        .child(el("summary").child(gate::OPEN_BACKUP))
        .child(
            question("backup", gate::BACKUP_FILE)
                .child(hint("backup-hint", gate::OPEN_BACKUP_HINT))
                .child(file)
                .child(
                    el("p")
                        .class("message")
                        .id("backup-complaint")
                        .attr("role", "alert")
                        .child(live::value(said)),
                ),
        )
        .piece()
}

async fn restore(file: &File) -> Result<(), Fault> {
    if file.size() > LARGEST as f64 {
        return Err(Fault::File(FileFault::Foreign));
    }
    let read = chosen::read(file).await.ok_or(Fault::File(FileFault::Damaged))?;
    store::restore(&read).await
}

/// The list with the new vault in it.
fn show(root: Root) {
    if root.gate.with_untracked(|gate| matches!(gate, Gate::Open(_))) {
        lock::lock(root);
    } else {
        root.look();
    }
}
