//! The relations that item 21 knows, with their group, side and number.
//!
//! Half-siblings use the sibling relations with a note; uncles, aunts and cousins are not asked.

use super::{Choice, choice};

/// The three groups of the paper, and the one added on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Grandparents, own and the spouse's.
    A,
    /// Parents or guardian, spouse, parents-in-law; step and foster parents.
    B,
    /// Siblings, own and the spouse's; children.
    C,
    /// Former spouse, others.
    D,
}

/// Whose side a relation is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The candidate's own.
    Own,
    /// The spouse's.
    Spouse,
}

/// A relation that item 21 knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// Stored value.
    pub slug: &'static str,
    /// Shown label.
    pub label: &'static str,
    /// Group of the paper.
    pub group: Group,
    /// Side of the family.
    pub side: Side,
    /// How many there can be; 0 = any number.
    pub max: u8,
}

const fn rel(slug: &'static str, label: &'static str, group: Group, side: Side, max: u8) -> Relation {
    Relation {
        slug,
        label,
        group,
        side,
        max,
    }
}

static RELATIONS: [Relation; 31] = {
    use Group::*;
    use Side::*;
    [
        rel("paternal_grandfather", "Ông nội", A, Own, 1),
        rel("paternal_grandmother", "Bà nội", A, Own, 1),
        rel("maternal_grandfather", "Ông ngoại", A, Own, 1),
        rel("maternal_grandmother", "Bà ngoại", A, Own, 1),
        rel("father", "Cha đẻ", B, Own, 1),
        rel("mother", "Mẹ đẻ", B, Own, 1),
        rel("guardian", "Người nuôi dưỡng trực tiếp từ nhỏ", B, Own, 2),
        rel("step_father", "Cha dượng", B, Own, 2),
        rel("step_mother", "Mẹ kế", B, Own, 2),
        rel("foster_father", "Cha nuôi", B, Own, 1),
        rel("foster_mother", "Mẹ nuôi", B, Own, 1),
        rel("husband", "Chồng", B, Own, 1),
        rel("wife", "Vợ", B, Own, 1),
        rel("former_spouse", "Vợ (chồng) cũ", D, Own, 0),
        rel("elder_brother", "Anh ruột", C, Own, 0),
        rel("elder_sister", "Chị ruột", C, Own, 0),
        rel("younger_brother", "Em trai ruột", C, Own, 0),
        rel("younger_sister", "Em gái ruột", C, Own, 0),
        rel("biological_child", "Con đẻ", C, Own, 0),
        rel("adopted_child", "Con nuôi (có đăng ký hợp pháp)", C, Own, 0),
        rel("spouse_father", "Cha vợ (cha chồng)", B, Spouse, 1),
        rel("spouse_mother", "Mẹ vợ (mẹ chồng)", B, Spouse, 1),
        rel("spouse_elder_brother", "Anh ruột của vợ (chồng)", C, Spouse, 0),
        rel("spouse_elder_sister", "Chị ruột của vợ (chồng)", C, Spouse, 0),
        rel("spouse_younger_brother", "Em trai ruột của vợ (chồng)", C, Spouse, 0),
        rel("spouse_younger_sister", "Em gái ruột của vợ (chồng)", C, Spouse, 0),
        rel("spouse_paternal_grandfather", "Ông nội của vợ (chồng)", A, Spouse, 1),
        rel("spouse_paternal_grandmother", "Bà nội của vợ (chồng)", A, Spouse, 1),
        rel("spouse_maternal_grandfather", "Ông ngoại của vợ (chồng)", A, Spouse, 1),
        rel("spouse_maternal_grandmother", "Bà ngoại của vợ (chồng)", A, Spouse, 1),
        rel("other_relative", "Người thân khác", D, Own, 0),
    ]
};

/// The relations as choices.
pub(super) static CHOICES: &[Choice] = &BUILT;

static BUILT: [Choice; 31] = {
    let mut out = [choice("", ""); 31];
    let mut i = 0;
    while i < 31 {
        #[allow(clippy::indexing_slicing)] // evaluated by the compiler
        {
            out[i] = choice(RELATIONS[i].slug, RELATIONS[i].label);
        }
        i += 1;
    }
    out
};

/// Every relation, in the order of the reference catalogue.
pub fn relations() -> &'static [Relation] {
    &RELATIONS
}

/// The relation with this stored value.
pub fn relation(slug: &str) -> Option<&'static Relation> {
    RELATIONS.iter().find(|r| crate::text::equal(r.slug, slug))
}
