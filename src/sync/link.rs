//! The enrolment link or QR text: `https://<host>/#1.<role>.<code>.<set>`.
//!
//! Invariant: everything secret stands behind `#`, so it never reaches a server's log; the endpoint's address is never in it. The
//! role is a hint for working offline, the endpoint decides. Not here: the typed sheet.

use crate::branch::ShortSet;
use crate::kind::Role;
use crate::shape;
use crate::spelling::{base64url, unbase64url};
use zeroize::Zeroizing;

/// Longest text that is looked at.
const MAX_LEN: usize = 4_096;

/// What an invited person holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The role the invite gives.
    pub role: Role,
    /// The secret behind the invite key.
    pub code: [u8; 16],
    /// The branch as the sheet names it.
    pub set: ShortSet,
}

/// Why a text is not a usable link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    /// Something else altogether.
    #[error("not an enrolment link")]
    NotALink,
    /// Parts are missing or changed.
    #[error("the enrolment link is damaged")]
    Damaged,
    /// Made by a newer app.
    #[error("the enrolment link is of a newer version")]
    Newer,
}

impl LinkFault {
    /// What to tell the person.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotALink => {
                "Đây không phải đường dẫn mời của ứng dụng. Bạn mở tờ mời, chép cả đường dẫn rồi dán lại."
            }
            Self::Damaged => "Đường dẫn mời bị thiếu hoặc sai vài ký tự. Bạn chép lại cả đường dẫn, từ đầu đến cuối.",
            Self::Newer => "Tờ mời này cần bản ứng dụng mới hơn. Bạn nối mạng, cập nhật ứng dụng rồi dán lại.",
        }
    }
}

impl Link {
    /// Reads a whole address or just what stands behind `#`; blanks and line breaks, as messengers insert them, are ignored.
    pub fn parse(text: &str) -> Result<Self, LinkFault> {
        if text.len() > MAX_LEN {
            return Err(LinkFault::NotALink);
        }
        let text: Zeroizing<String> = Zeroizing::new(text.chars().filter(|c| !c.is_whitespace()).collect());
        let fragment = match text.split_once('#') {
            Some((_, fragment)) => fragment,
            None if text.contains("://") => return Err(LinkFault::NotALink),
            None => text.as_str(),
        };
        let (version, rest) = fragment.split_once('.').ok_or(LinkFault::NotALink)?;
        match version.parse::<u16>() {
            Ok(1) => Self::parse_v1(rest),
            Ok(2..) => Err(LinkFault::Newer),
            _ => Err(LinkFault::NotALink),
        }
    }

    fn parse_v1(rest: &str) -> Result<Self, LinkFault> {
        let mut parts = rest.split('.');
        let (Some(role), Some(code), Some(set), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(LinkFault::Damaged);
        };
        let role = role
            .parse()
            .ok()
            .and_then(Role::from_number)
            .ok_or(LinkFault::Damaged)?;
        let bytes = |part: &str| unbase64url(part).ok_or(LinkFault::Damaged);
        let code: [u8; 16] = bytes(code)?.as_slice().try_into().map_err(|_| LinkFault::Damaged)?;
        let set_bytes = bytes(set)?;
        let set: ShortSet = match shape::strict(&set_bytes) {
            Ok(set) => set,
            Err(_) => return Err(newer_or_damaged(&set_bytes)),
        };
        if set.is_sound() {
            Ok(Self { role, code, set })
        } else {
            Err(LinkFault::Damaged)
        }
    }

    /// The address to print: `host` is scheme and host of the app, without a slash at the end.
    pub fn show(&self, host: &str) -> String {
        let code = base64url(&self.code);
        let set = base64url(&shape::encode(&self.set));
        format!("{}/#1.{}.{code}.{set}", host.trim_end_matches('/'), self.role.number())
    }
}

/// A set in another format is newer, unless even its format number cannot be read.
fn newer_or_damaged(set: &[u8]) -> LinkFault {
    let mut d = minicbor::Decoder::new(set);
    match d.array().and_then(|_| d.u8()) {
        Ok(2..) => LinkFault::Newer,
        _ => LinkFault::Damaged,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::keys::{AccountKeys, BranchRoot, EndpointKeys};
    use crate::seal::tests::Counting;
    use proptest::prelude::*;

    pub fn link() -> Link {
        let root = BranchRoot::draw(&mut Counting(1));
        let set = crate::branch::tests::set(
            &root,
            &EndpointKeys::draw(&mut Counting(2)),
            &AccountKeys::draw(&mut Counting(3)),
        );
        Link {
            role: Role::Candidate,
            code: [7; 16],
            set: set.short(),
        }
    }

    #[test]
    fn a_link_is_read_whole_or_from_the_hash_on() {
        let link = link();
        let shown = link.show("https://lylich.example");
        assert!(shown.len() < 400, "{} characters", shown.len());
        assert_eq!(Link::parse(&shown), Ok(link.clone()));
        assert_eq!(Link::parse(shown.split_once('#').unwrap().1), Ok(link.clone()));
        let broken_by_a_messenger = format!("  {}\n {} ", &shown[..60], &shown[60..]);
        assert_eq!(Link::parse(&broken_by_a_messenger), Ok(link));
    }

    #[test]
    fn faults_of_a_link_are_told_apart() {
        let shown = link().show("https://lylich.example");
        let half = &shown[..shown.len() - 9];
        let newer = shown.replacen("#1.", "#2.", 1);
        let no_role = shown.replacen("#1.1.", "#1.9.", 1);
        for (text, fault) in [
            ("", LinkFault::NotALink),
            ("https://example.org/", LinkFault::NotALink),
            ("https://example.org/#about", LinkFault::NotALink),
            (half, LinkFault::Damaged),
            (no_role.as_str(), LinkFault::Damaged),
            ("#1.1.AAAA", LinkFault::Damaged),
            (newer.as_str(), LinkFault::Newer),
        ] {
            assert_eq!(Link::parse(text), Err(fault), "{text}");
        }
    }

    proptest! {
        #![proptest_config(crate::seal::tests::cases(256))]

        #[test]
        fn any_text_is_read_without_harm(text in "\\PC{0,300}") {
            let _ = Link::parse(&text);
        }
    }
}
