//! The shapes an answer can have, and the parts of those that have parts.
//!
//! The names are those of the reference catalogue (`full_date`, `yes_no_detail`, …). How a shape is drawn is the app's matter,
//! how it is read that of the checks.

use super::{ANSWER, Field};

/// Shape of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Text,
    /// One line in capitals (Unicode upper case).
    UpperText,
    /// Several short texts.
    ListText,
    /// Several sentences.
    LongText,
    /// Day, month and year.
    FullDate,
    /// Month and year.
    MonthYear,
    /// Month and year, or `nay`.
    MonthYearOrNay,
    /// Year, month and year, or full date.
    PartialDate,
    /// Year, month and year, full date, or `nay`.
    PartialDateOrNay,
    /// One of the choices.
    Choice,
    /// One of the choices, or free text.
    ChoiceOrText,
    /// An integer.
    Number,
    /// Hamlet, commune, province, or free text abroad.
    Place,
    /// A place with the name it had before.
    PlaceWithOldName,
    /// Four levels of Party organisation.
    PartyPlace,
    /// Rows with columns.
    Rows,
    /// Rows with `from` and `to`.
    PeriodRows,
    /// Rows of `from`, `to`, `text` where years suffice.
    YearRows,
    /// `có` / `không`, and the details of a `có`.
    YesNoDetail,
    /// The relatives.
    Persons,
    /// A few members that belong together.
    Object,
    /// Text to be copied exactly.
    FixedText,
    /// Written on paper by Party bodies; never editable.
    Locked,
    /// Exists on paper only.
    PaperOnly,
}

impl Kind {
    /// Name in the reference catalogue.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::UpperText => "upper_text",
            Kind::ListText => "list_text",
            Kind::LongText => "long_text",
            Kind::FullDate => "full_date",
            Kind::MonthYear => "month_year",
            Kind::MonthYearOrNay => "month_year_or_nay",
            Kind::PartialDate => "partial_date",
            Kind::PartialDateOrNay => "partial_date_or_nay",
            Kind::Choice => "choice",
            Kind::ChoiceOrText => "choice_or_text",
            Kind::Number => "number",
            Kind::Place => "place",
            Kind::PlaceWithOldName => "place_with_old_name",
            Kind::PartyPlace => "party_place",
            Kind::Rows => "rows",
            Kind::PeriodRows => "period_rows",
            Kind::YearRows => "year_rows",
            Kind::YesNoDetail => "yes_no_detail",
            Kind::Persons => "persons",
            Kind::Object => "object",
            Kind::FixedText => "fixed_text",
            Kind::Locked => "locked",
            Kind::PaperOnly => "paper_only",
        }
    }

    /// By its name in the reference catalogue; text for any other.
    pub(super) fn named(name: &str) -> Kind {
        use Kind::*;
        let all = [
            UpperText,
            ListText,
            LongText,
            FullDate,
            MonthYear,
            MonthYearOrNay,
            PartialDate,
            PartialDateOrNay,
            Choice,
            ChoiceOrText,
            Number,
            Place,
            PlaceWithOldName,
            PartyPlace,
            Rows,
            PeriodRows,
            YearRows,
            YesNoDetail,
            Persons,
            Object,
            FixedText,
            Locked,
            PaperOnly,
        ];
        all.into_iter().find(|kind| kind.name() == name).unwrap_or(Text)
    }

    /// Whether the answer is a date or a part of one.
    pub fn is_date(self) -> bool {
        matches!(
            self,
            Kind::FullDate | Kind::MonthYear | Kind::MonthYearOrNay | Kind::PartialDate | Kind::PartialDateOrNay
        )
    }

    /// Whether the answer is a list of rows.
    pub fn has_rows(self) -> bool {
        matches!(
            self,
            Kind::ListText | Kind::Rows | Kind::PeriodRows | Kind::YearRows | Kind::Persons
        )
    }

    /// Whether the person writes it in the app at all.
    pub fn is_written(self) -> bool {
        !matches!(self, Kind::Locked | Kind::PaperOnly)
    }
}

const fn part(slug: &'static str, label: &'static str) -> Field {
    Field::bare(slug, label, Kind::Text)
}

/// Parts of a place written today: two levels, or free text abroad.
pub(super) const PLACE: &[Field] = &[
    part("detail", "Thôn, bản (số nhà, đường)"),
    part("commune", "Xã, phường, đặc khu"),
    part("province", "Tỉnh, thành phố"),
    part("text", "Nơi ở nước ngoài"),
];

/// Parts of a place as an older paper writes it: three levels are possible.
pub(super) const PAPER_PLACE: &[Field] = &[
    part("detail", "Thôn, bản (số nhà, đường)"),
    part("commune", "Xã, phường, thị trấn"),
    part("district", "Huyện, quận, thị xã (nếu giấy có ghi)"),
    part("province", "Tỉnh, thành phố"),
    part("text", "Nơi ở nước ngoài"),
];

/// Parts of a place with its former name, which keeps its own three levels.
pub(super) const PLACE_WITH_OLD_NAME: &[Field] = &[
    part("detail", "Thôn, bản (nếu có)"),
    part("commune", "Xã, phường, đặc khu hiện nay"),
    part("province", "Tỉnh, thành phố hiện nay"),
    part("old.commune", "Tên xã, phường trước đây"),
    part("old.district", "Huyện, quận trước đây"),
    part("old.province", "Tỉnh, thành phố trước đây"),
    part("text", "Nơi ở nước ngoài"),
];

/// The four levels of a Party place.
pub(super) const PARTY_PLACE: &[Field] = &[
    part("branch", "Chi bộ"),
    part("grassroots", "Đảng bộ cơ sở"),
    part("upper", "Đảng bộ cấp trên trực tiếp"),
    part("central", "Đảng bộ trực thuộc Trung ương"),
];

/// Answer and details.
pub(super) const YES_NO_DETAIL: &[Field] = &[
    Field::bare("answer", "Trả lời", Kind::Choice).choices(ANSWER),
    Field::bare("detail", "Ghi rõ", Kind::LongText),
];
