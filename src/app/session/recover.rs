//! The account of a lost phone on this one: an invite to that account, the printed code, and the endpoint's sealed copy of the keys.
//!
//! Invariant: nothing is stored before the code has opened the copy; a wrong code changes nothing. The drafts come with the first pull
//! (`versions`). Not here: the consent screen (`screen::enrol`).

use sync::{
    client::{self, RecoverFault},
    damm::RecoveryCode,
    link::Link,
};

use super::{Session, acts::consent};
use crate::{
    ids::Browser,
    net::{self, Reached},
    text::desk as words,
};

impl Session {
    /// Goes on as the account behind this sheet. From then on the sheet of this vault opens the account.
    pub async fn recover(&self, link: &Link, under16: bool, sheet: &str) -> Result<(), String> {
        let code = RecoveryCode::parse(sheet).map_err(|fault| fault.words())?;
        let config = self.config.get_untracked();
        let body = match net::post_letter(&config, client::ask_escrow(link)).await {
            Reached::Answer {
                status: 429 | 500.., ..
            } => return Err(words::BUSY.to_owned()),
            Reached::Answer { body, .. } => body,
            Reached::Nobody => return Err(words::NEED_NETWORK.to_owned()),
        };
        let consent = consent(link, under16);
        let (identity, join, last) =
            client::recover(link, &consent, &code.secret(), &body, &mut Browser).map_err(RecoverFault::words)?;
        self.introduce(identity, join, last).await
    }
}
