//! The table of record kinds: class, body, who may write, whether it has versions (sync protocol §5).
//!
//! Invariant: the numbers are wire facts and never change their meaning. Only kinds with a full effect at the endpoint are here;
//! every other number is refused as `unknown_kind_or_schema`. Not here: the checks themselves (`endpoint::check`).

/// What may leave the phone (sync protocol §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, minicbor::Encode, minicbor::Decode)]
#[cbor(index_only)]
pub enum Class {
    /// Nothing leaves the phone.
    #[n(0)]
    C0 = 0,
    /// States, dates, counters, keys.
    #[n(1)]
    C1 = 1,
    /// Also content, sealed; the endpoint cannot read it.
    #[n(2)]
    C2 = 2,
}

impl Class {
    /// The number on the wire and in the database.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// Back from the number.
    pub fn from_number(number: u64) -> Option<Self> {
        match number {
            0 => Some(Self::C0),
            1 => Some(Self::C1),
            2 => Some(Self::C2),
            _ => None,
        }
    }
}

/// What an account is in its branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, minicbor::Encode, minicbor::Decode)]
#[cbor(index_only)]
pub enum Role {
    /// Người khai: writes the lý lịch.
    #[n(1)]
    Candidate = 1,
    /// Đảng viên giúp đỡ, or the follower from the Đoàn: writes notes.
    #[n(2)]
    Mentor = 2,
    /// A member of the chi ủy who holds a branch key.
    #[n(3)]
    Secretary = 3,
}

impl Role {
    /// The number on the wire and in the database.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// Back from the number.
    pub fn from_number(number: u64) -> Option<Self> {
        match number {
            1 => Some(Self::Candidate),
            2 => Some(Self::Mentor),
            3 => Some(Self::Secretary),
            _ => None,
        }
    }

    /// The role in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Candidate => "người khai",
            Self::Mentor => "đảng viên giúp đỡ",
            Self::Secretary => "bí thư chi bộ",
        }
    }
}

/// The kinds that this version knows in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A version of one's own draft, sealed to oneself.
    Draft = 1,
    /// A version handed in: in the draft's record, sealed to the branch and oneself.
    HandIn = 2,
    /// A remark about a hand-in, or an answer to one: sealed to the candidate, the branch and the writer.
    Annotation = 3,
    /// A mentor's note.
    Note = 4,
    /// What the branch says of a candidate's papers: seen, handed back, agreed. A code and a day, no content.
    Status = 5,
    /// Who accompanies a candidate, from when, until when.
    Assignment = 8,
    /// A person's keys and role, confirmed by a secretary.
    Card = 9,
    /// The account's keys, sealed to the printed recovery code.
    Escrow = 11,
    /// An older sealed op, sealed again for somebody who came later.
    Forward = 12,
    /// The branch's class, keys and secretaries, signed by the root.
    BranchSet = 13,
    /// An invite's public part.
    Invite = 14,
    /// A device or account closed.
    Revoke = 15,
    /// A new device, perhaps a new account.
    Join = 16,
    /// What a person agreed to.
    Consent = 17,
    /// What the branch keeps about a person it follows: dates, resolutions and tasks of the procedure.
    Case = 18,
}

impl Kind {
    /// Every kind of this version.
    pub const ALL: [Self; 15] = [
        Self::Draft,
        Self::HandIn,
        Self::Annotation,
        Self::Note,
        Self::Status,
        Self::Assignment,
        Self::Card,
        Self::Escrow,
        Self::Forward,
        Self::BranchSet,
        Self::Invite,
        Self::Revoke,
        Self::Join,
        Self::Consent,
        Self::Case,
    ];

    /// The number on the wire.
    pub fn number(self) -> u16 {
        self as u16
    }

    /// Back from the number; `None` for a kind this version does not know.
    pub fn from_number(number: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// The lowest class in which the kind may leave a phone.
    pub fn class(self) -> Class {
        if self.sealed() { Class::C2 } else { Class::C1 }
    }

    /// Whether only keys behind `to` can read the body.
    pub fn sealed(self) -> bool {
        matches!(
            self,
            Self::Draft | Self::HandIn | Self::Annotation | Self::Note | Self::Escrow | Self::Forward | Self::Case
        )
    }

    /// Whether the record has versions (`base`, `also`); otherwise its only op names it.
    pub fn versioned(self) -> bool {
        matches!(
            self,
            Self::Draft
                | Self::HandIn
                | Self::Status
                | Self::Assignment
                | Self::Card
                | Self::Escrow
                | Self::BranchSet
                | Self::Consent
                | Self::Case
        )
    }

    /// Whether several secretaries may write the same record.
    pub fn shared(self) -> bool {
        matches!(
            self,
            Self::Status | Self::Assignment | Self::Card | Self::BranchSet | Self::Case
        )
    }

    /// Whether a phone of this role keeps an op of this kind that comes from the endpoint. For a candidate the others have done their
    /// work there, but sets of before say whose older words count; mentors and secretaries see from them who joined with which invite, and
    /// what was closed.
    pub fn is_read_by(self, role: Role) -> bool {
        role != Role::Candidate
            || self.sealed()
            || matches!(self, Self::Status | Self::Card | Self::Assignment | Self::BranchSet)
    }

    /// Whether an op of this kind may be sealed again for somebody who came later. A case goes on as a version instead.
    pub fn forwardable(self) -> bool {
        matches!(self, Self::HandIn | Self::Annotation | Self::Note)
    }

    /// Whether its content may be erased: by its author, and, where a secretary reads it, one op at a time by a secretary.
    pub fn erasable(self) -> bool {
        self.sealed()
    }

    /// Whether its author may bring it without the content that was erased.
    pub fn leaves_a_header(self) -> bool {
        matches!(
            self,
            Self::Draft | Self::HandIn | Self::Annotation | Self::Note | Self::Case
        )
    }

    /// Whether the kind is taken in every class, because it is how classes and members change.
    pub fn always(self) -> bool {
        matches!(self, Self::BranchSet | Self::Revoke | Self::Join | Self::Consent)
    }

    /// Whether this role may write the kind at all.
    pub fn writable_by(self, role: Role) -> bool {
        match self {
            // Whose op is forwarded, the database says.
            Self::Draft | Self::Annotation | Self::Escrow | Self::Forward | Self::Join | Self::Consent => true,
            Self::HandIn => role == Role::Candidate,
            Self::Note => role == Role::Mentor,
            Self::Status
            | Self::Assignment
            | Self::Card
            | Self::BranchSet
            | Self::Invite
            | Self::Revoke
            | Self::Case => role == Role::Secretary,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_keeps_its_number() {
        let numbers: Vec<u16> = Kind::ALL.iter().map(|kind| kind.number()).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18]);
        for number in 0..40 {
            assert_eq!(Kind::from_number(number).map(Kind::number).unwrap_or(number), number);
            assert_eq!(Kind::from_number(number).is_some(), numbers.contains(&number));
        }
    }

    #[test]
    fn a_role_and_a_class_have_one_number_everywhere() {
        for number in 0..5 {
            let (role, class) = (Role::from_number(number), Class::from_number(number));
            assert_eq!(role.map(|role| u64::from(role.number())).unwrap_or(number), number);
            assert_eq!(role, crate::shape::whole(&crate::shape::encode(&number)).ok());
            assert_eq!(class.map(|class| u64::from(class.number())).unwrap_or(number), number);
            assert_eq!(class, crate::shape::whole(&crate::shape::encode(&number)).ok());
        }
    }

    #[test]
    fn only_content_needs_class_two() {
        for kind in Kind::ALL {
            assert_eq!(
                kind.class() == Class::C2,
                matches!(kind.number(), 1 | 2 | 3 | 4 | 11 | 12 | 18),
                "{kind:?}"
            );
        }
    }
}
