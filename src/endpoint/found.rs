//! `lylich-endpoint found`: the invite with which a secretary founds a branch.
//!
//! Invariant: the operator only opens the door: root, keys and set are made by the founding secretary's app. The code is printed once
//! and not kept; the database holds the public part of the key behind it.

use crate::desk::Desk;
use crate::fault::Fault;
use crate::home::HomeArgs;
use crate::keys;
use crate::random::{Machine, now};
use clap::Args;
use sync::Random;
use sync::body::INVITE_SECONDS;
use sync::endpoint::{Store, new_founding_invite};
use sync::found::FoundingInvite;
use sync::id::OpId;

/// The command's own options.
#[derive(Args, Clone)]
pub struct FoundArgs {
    /// A name for the operator's own notes; the branch's name is given by its founder.
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    home: HomeArgs,
}

/// Runs it: one invite, usable once, for thirty days.
pub fn run(args: &FoundArgs) -> Result<(), Fault> {
    let home = args.home.open()?;
    let keys = keys::load_or_make(&home.folder)?;
    let mut code = [0; 16];
    Machine.fill(&mut code);
    let row = new_founding_invite(&code, now().wall_s + INVITE_SECONDS);
    let mut desk = Desk::open(&home)?;
    desk.act("found", OpId(row.id.0), |store| store.put_invite(&row))?;
    desk.close()?;
    let invite = FoundingInvite {
        code,
        endpoint_sign: keys.sign_pub(),
        endpoint_age: keys.age_pub(),
    };
    let name = args
        .name
        .as_deref()
        .map(|name| format!(" ({name})"))
        .unwrap_or_default();
    crate::desk::say(&[
        format!("founding invite{name}, usable once, for thirty days:"),
        invite.show(),
    ])
}
