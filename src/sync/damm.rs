//! Recovery code digits: groups of five with a Damm check digit (storage and vault §9.5).
//!
//! Invariant: one wrong digit and two neighbours swapped are always noticed, and in which group. Digits, because they need one
//! keypad, no language and no keyboard mode. Not here: the key that follows from the digits (the vault).

use crate::Random;
use zeroize::Zeroizing;

/// Digits of secret in a code: 40, about 132 bits.
pub const DIGITS: usize = 40;
const GROUP: usize = 5;

/// Damm's quasigroup of order 10 (H. M. Damm, Total anti-symmetrische Quasigruppen, 2004).
const TABLE: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// The check digit of some digits (each 0–9).
pub fn check(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |state, digit| {
        let row = TABLE.get(usize::from(state)).copied().unwrap_or_default();
        row.get(usize::from(*digit)).copied().unwrap_or_default()
    })
}

/// Why typed digits are not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// Digits are missing or too many.
    #[error("{found} digits instead of 48")]
    Length {
        /// How many digits there are.
        found: usize,
    },
    /// A group's check digit does not fit.
    #[error("group {group} is mistyped")]
    Group {
        /// Which one, counted from 1.
        group: usize,
    },
}

impl CodeFault {
    /// What to tell the person.
    pub fn words(self) -> String {
        match self {
            Self::Length { found } => format!("Mã khôi phục có 48 chữ số, ở đây có {found}. Bạn xem lại tờ mã."),
            Self::Group { group } => format!("Nhóm thứ {group} chưa đúng. Bạn xem lại nhóm này trên tờ mã."),
        }
    }
}

/// A recovery code: 40 random digits, shown as 8 groups of 6.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(Zeroizing<[u8; DIGITS]>);

impl RecoveryCode {
    /// A new code. Digits are drawn without bias.
    pub fn draw(rnd: &mut dyn Random) -> Self {
        let mut digits = Zeroizing::new([0; DIGITS]);
        for digit in digits.iter_mut() {
            *digit = draw_digit(rnd);
        }
        Self(digits)
    }

    /// Reads what was typed: everything but digits is ignored.
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        let typed: Zeroizing<Vec<u8>> =
            Zeroizing::new(text.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect());
        if typed.len() != DIGITS / GROUP * (GROUP + 1) {
            return Err(CodeFault::Length { found: typed.len() });
        }
        let mut digits = Zeroizing::new([0; DIGITS]);
        let groups = typed.chunks(GROUP + 1).zip(digits.chunks_mut(GROUP));
        for (number, (group, out)) in groups.enumerate() {
            if check(group) != 0 {
                return Err(CodeFault::Group { group: number + 1 });
            }
            for (to, from) in out.iter_mut().zip(group) {
                *to = *from;
            }
        }
        Ok(Self(digits))
    }

    /// The eight groups to show, print and ask for, six digits each.
    pub fn groups(&self) -> Vec<Zeroizing<String>> {
        let show = |group: &[u8]| {
            let digits = group.iter().copied().chain([check(group)]);
            Zeroizing::new(digits.map(|digit| char::from(b'0' + digit)).collect())
        };
        self.0.chunks(GROUP).map(show).collect()
    }

    /// The forty digits as ASCII: what the key is derived from.
    pub fn secret(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.0.iter().map(|digit| b'0' + digit).collect())
    }
}

/// A digit by rejection, so that each is equally likely.
fn draw_digit(rnd: &mut dyn Random) -> u8 {
    loop {
        let mut byte = [0];
        rnd.fill(&mut byte);
        let [byte] = byte;
        if byte < 250 {
            return byte % 10;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::tests::Counting;

    #[test]
    fn damms_own_example_holds() {
        assert_eq!(check(&[5, 7, 2]), 4);
        assert_eq!(check(&[5, 7, 2, 4]), 0);
    }

    #[test]
    fn a_code_comes_back_however_it_is_typed() {
        let code = RecoveryCode::draw(&mut Counting(1));
        let groups = code.groups();
        assert_eq!(groups.len(), 8);
        assert!(groups.iter().all(|group| group.len() == 6));
        for between in ["", " ", "-", "\n"] {
            let typed = groups
                .iter()
                .map(|group| group.as_str())
                .collect::<Vec<_>>()
                .join(between);
            assert!(
                RecoveryCode::parse(&typed).is_ok_and(|again| again == code),
                "{between:?}"
            );
        }
        assert_eq!(code.secret().len(), 40);
    }

    #[test]
    fn every_single_slip_names_its_group() {
        let code = RecoveryCode::draw(&mut Counting(2));
        let typed: Vec<u8> = code
            .groups()
            .iter()
            .flat_map(|group| group.bytes().collect::<Vec<_>>())
            .collect();
        let (mut changed, mut swapped) = (0, 0);
        for at in 0..48 {
            for digit in b'0'..=b'9' {
                let mut slip = typed.clone();
                slip[at] = digit;
                if slip != typed {
                    let found = RecoveryCode::parse(&String::from_utf8(slip).unwrap()).err();
                    assert_eq!(found, Some(CodeFault::Group { group: at / 6 + 1 }));
                    changed += 1;
                }
            }
            let mut slip = typed.clone();
            if at % 6 < 5 && slip[at] != slip[at + 1] {
                slip.swap(at, at + 1);
                let found = RecoveryCode::parse(&String::from_utf8(slip).unwrap()).err();
                assert_eq!(found, Some(CodeFault::Group { group: at / 6 + 1 }));
                swapped += 1;
            }
        }
        assert_eq!(changed, 48 * 9);
        assert!(swapped > 20);
        assert!(matches!(
            RecoveryCode::parse("123"),
            Err(CodeFault::Length { found: 3 })
        ));
    }
}
