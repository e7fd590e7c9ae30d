//! The working text of one form, as it lies in the vault.
//!
//! Invariant: a draft row written by an older app is read by a newer one (format number first, unknown keys skipped); nothing is
//! trimmed or normalised here. Not here: sealing the row (the vault), cutting an op from it (`client::cut`).

use crate::Fields;
use crate::body::plain::KeptValue;
use crate::id::{AccountId, OpId, RecordId};
use crate::shape::{self, BadShape};
use minicbor::Encode;

/// Format of the row.
const FORMAT: u8 = 1;

crate::map_shape! {
    /// The working text.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Draft {
        #[n(0)]
        format: u8,
        /// Names the record for good.
        #[n(1)]
        pub record_id: RecordId,
        /// The form and its edition, for example "2-KNĐ/2025" or "note/1".
        #[n(2)]
        pub form: String,
        /// The answers as typed.
        #[cbor(n(3), with = "crate::content")]
        pub fields: Fields,
        /// The version this text goes on from.
        #[n(4)]
        pub base: Option<OpId>,
        /// Further versions it goes on from.
        #[n(5)]
        pub also: Vec<OpId>,
        /// Values of other versions, until the person drops them.
        #[n(6)]
        pub kept: Vec<KeptValue>,
        /// Whether the text changed since the last cut.
        #[n(7)]
        pub dirty: bool,
        /// Rises with every change; the status line compares it.
        #[n(8)]
        pub revision: u64,
        /// The version that was handed in last.
        #[n(9)]
        pub handed_in: Option<OpId>,
        /// Note: the candidate it is about, once known by account.
        #[n(10)]
        pub about: Option<AccountId>,
        /// Note: the earlier note this one corrects.
        #[n(11)]
        pub corrects: Option<OpId>,
        /// A newer app wrote a version of it, in this schema: the draft is shown, and nothing is cut from it.
        #[n(12)]
        pub newer: Option<u16>,
    }
}

impl Draft {
    /// An empty draft of a form.
    pub fn new(record_id: RecordId, form: &str) -> Self {
        Self {
            format: FORMAT,
            record_id,
            form: form.to_owned(),
            fields: Fields::new(),
            base: None,
            also: Vec::new(),
            kept: Vec::new(),
            dirty: false,
            revision: 0,
            handed_in: None,
            about: None,
            corrects: None,
            newer: None,
        }
    }

    /// Sets one answer; an empty text removes the path. Returns whether anything changed.
    pub fn set(&mut self, path: &str, text: &str) -> bool {
        let changed = if text.is_empty() {
            self.fields.remove(path).is_some()
        } else if self.fields.get(path).is_some_and(|old| old == text) {
            false
        } else {
            self.fields.insert(path.to_owned(), text.to_owned());
            true
        };
        if changed {
            self.touched();
        }
        changed
    }

    /// To be called after changing `fields` directly.
    pub fn touched(&mut self) {
        self.revision += 1;
        self.dirty = true;
    }

    /// Whether the text is another one than what was handed in last.
    pub fn is_changed(&self) -> bool {
        self.dirty || self.base != self.handed_in || !self.also.is_empty()
    }

    /// "Dùng bản kia": the kept value is shown, and what was shown is kept in its place, so that nothing is lost by a tap.
    pub fn take_back(&mut self, path: &str, text: &str) {
        let Some(value) = self
            .kept
            .iter_mut()
            .find(|value| value.path == path && value.text == text)
        else {
            return;
        };
        match self.fields.insert(path.to_owned(), text.to_owned()) {
            Some(shown) => value.text = shown,
            None => self.drop_kept(path, text),
        }
        self.touched();
    }

    /// "Bỏ bản kia": the person has decided against a kept value.
    pub fn drop_kept(&mut self, path: &str, text: &str) {
        self.kept.retain(|value| value.path != path || value.text != text);
        self.touched();
    }

    /// Moves on to a version that was just cut from this very text.
    pub fn moved_on(&mut self, op: OpId) {
        self.base = Some(op);
        self.also.clear();
        self.dirty = false;
    }

    /// Moves on to a version that was just handed in.
    pub fn was_handed_in(&mut self, op: OpId) {
        self.moved_on(op);
        self.handed_in = Some(op);
    }

    /// Bytes for the vault.
    pub fn encode(&self) -> Vec<u8> {
        shape::encode(self)
    }

    /// From the vault's bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadShape> {
        let draft: Self = shape::whole(bytes)?;
        if draft.format == FORMAT {
            Ok(draft)
        } else {
            Err(BadShape)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_value_is_taken_back_and_put_away_again_without_loss() {
        let mut draft = Draft::new(RecordId([1; 16]), "2-KNĐ/2025");
        draft.set("a", "one");
        draft.moved_on(OpId([2; 16]));
        draft.kept.push(KeptValue {
            path: "a".into(),
            text: "two".into(),
            op: OpId([3; 16]),
        });
        draft.take_back("a", "two");
        assert_eq!(
            (draft.fields["a"].as_str(), draft.kept[0].text.as_str(), draft.dirty),
            ("two", "one", true)
        );
        draft.take_back("a", "no such value");
        assert_eq!(draft.fields["a"], "two");
        draft.drop_kept("a", "one");
        assert!(draft.kept.is_empty());
        draft.kept.push(KeptValue {
            path: "b".into(),
            text: "three".into(),
            op: OpId([3; 16]),
        });
        draft.take_back("b", "three");
        assert_eq!(
            (draft.fields["b"].as_str(), draft.kept.len()),
            ("three", 0),
            "nothing stood there"
        );
    }

    #[test]
    fn only_the_very_text_that_was_handed_in_counts_as_unchanged() {
        let mut draft = Draft::new(RecordId([1; 16]), "2-KNĐ/2025");
        draft.set("a", "one");
        draft.was_handed_in(OpId([2; 16]));
        assert!(!draft.is_changed());
        let typed = |draft: &Draft| {
            let mut draft = draft.clone();
            draft.set("a", "two");
            draft
        };
        assert!(typed(&draft).is_changed());
        let mut kept_on = typed(&draft);
        kept_on.moved_on(OpId([3; 16]));
        assert!(
            kept_on.is_changed(),
            "a later version of one's own is not the one handed in"
        );
        draft.also.push(OpId([4; 16]));
        assert!(draft.is_changed(), "another phone's text is in it");
    }

    #[test]
    fn a_draft_comes_back_as_it_was() {
        let mut draft = Draft::new(RecordId([1; 16]), "2-KNĐ/2025");
        assert!(draft.set("family/3fa2c1d0/history/9b1c22ef/text", "làm ruộng "));
        assert!(!draft.set("family/3fa2c1d0/history/9b1c22ef/text", "làm ruộng "));
        assert!(draft.set("gender", "nam"));
        assert!(draft.set("gender", ""));
        assert!(!draft.set("gender", ""));
        draft.was_handed_in(OpId([2; 16]));
        draft.kept.push(KeptValue {
            path: "a".into(),
            text: "b".into(),
            op: OpId([3; 16]),
        });
        draft.set("gender", "nữ");
        assert_eq!(
            (draft.revision, draft.dirty, draft.handed_in),
            (4, true, Some(OpId([2; 16])))
        );
        assert_eq!(Draft::decode(&draft.encode()), Ok(draft));
    }
}
