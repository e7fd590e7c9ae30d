//! Item 21: the relations, what each group is asked, who is expected, and the fields of a person.
//!
//! Groups follow the paper: A grandparents, B parents, spouse and parents-in-law (or who raised the person), C siblings and children,
//! D the former spouse and others added on demand. A relation is expected whether or not the person is alive. The form never limits
//! the number of persons: `max` only says how many of a kind there can sensibly be, nothing refuses more.

use super::kind::PLACE;
use super::relation::{CHOICES, Group, Relation, relation};
use super::{ANSWER, Field, Kind, When};
use crate::date::{self, Date};
use crate::form::lylich::lists::ETHNICITIES;
use crate::form::lylich::lists::RELIGIONS;
use crate::record::Record;

/// What a group is asked about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Not asked.
    No,
    /// Kept by the app.
    Auto,
    /// Must be there.
    Required,
    /// Must be there while the person lives; not asked of the dead.
    IfAlive,
    /// As [`Ask::IfAlive`], from the age of six.
    IfAliveFrom6,
    /// As [`Ask::IfAlive`], from the age of eighteen.
    IfAdult,
    /// Some printed booklets ask it.
    Local,
    /// Advised.
    Advised,
    /// Advised for adults.
    AdvisedAdult,
    /// Asked when a question opens it.
    IfYes,
    /// Of the dead: the year is advised.
    DeathYear,
    /// Of the dead: year, cause and place must be there.
    DeathAll,
    /// May be left blank.
    Optional,
    /// May be left blank, and blank is right for most.
    BlankIsRight,
    /// Only of the former spouse.
    FormerSpouse,
}

impl Ask {
    /// The phrase of the reference catalogue.
    pub fn phrase(self) -> &'static str {
        match self {
            Ask::No => "-",
            Ask::Auto => "auto",
            Ask::Required => "required",
            Ask::IfAlive => "required if alive",
            Ask::IfAliveFrom6 => "required if alive and 6 or older",
            Ask::IfAdult => "required if 18 or older",
            Ask::Local => "asked (local)",
            Ask::Advised => "advised",
            Ask::AdvisedAdult => "advised for adults",
            Ask::IfYes => "if yes",
            Ask::DeathYear => "if dead: year advised",
            Ask::DeathAll => "if dead: year, cause and place required",
            Ask::Optional => "optional",
            Ask::BlankIsRight => "optional: blank is correct",
            Ask::FormerSpouse => "former_spouse only",
        }
    }
}

/// Relations that the answers to the general questions make expected and that no person has yet: what the app offers and LL-21f,
/// LL-21e and LL-21n report. A sibling or child is offered as one relation of its kind.
pub fn expected(r: &Record) -> Vec<&'static Relation> {
    let present: Vec<&str> = r
        .rows("family")
        .iter()
        .map(|row| r.text(&format!("family/{row}/relation")).trim())
        .collect();
    let has = |slugs: &[&str]| present.iter().any(|p| slugs.contains(p));
    let mut want: Vec<&str> = expected_singles(r).into_iter().filter(|slug| !has(&[slug])).collect();
    let status = r.text("profile.marital_status");
    if matches!(status, "married" | "widowed") && !has(&["husband", "wife"]) {
        want.push(if is_woman(r) { "husband" } else { "wife" });
    }
    if status == "divorced" && !has(&["former_spouse"]) {
        want.push("former_spouse");
    }
    if r.text("profile.siblings_answer") == "có" && !has(&SIBLINGS) {
        want.push("elder_brother");
    }
    if r.text("profile.children_answer") == "có" && !has(&["biological_child", "adopted_child"]) {
        want.push("biological_child");
    }
    if status == "married" && r.text("profile.spouse_siblings_answer") == "có" && !has(&SPOUSE_SIBLINGS) {
        want.push("spouse_elder_brother");
    }
    want.into_iter().filter_map(relation).collect()
}

/// Relations of which exactly one is expected, in the order of the paper; spouse, siblings and children follow rules of their own.
pub(crate) fn expected_singles(r: &Record) -> Vec<&'static str> {
    let mut want = Vec::new();
    if r.text("profile.parents_known") == "không" {
        want.push("guardian");
    } else {
        want.extend([
            "paternal_grandfather",
            "paternal_grandmother",
            "maternal_grandfather",
            "maternal_grandmother",
            "father",
            "mother",
        ]);
    }
    if r.text("profile.marital_status") == "married" && r.text("profile.spouse_parents_known") != "không" {
        want.extend([
            "spouse_father",
            "spouse_mother",
            "spouse_paternal_grandfather",
            "spouse_paternal_grandmother",
            "spouse_maternal_grandfather",
            "spouse_maternal_grandmother",
        ]);
    }
    want
}

/// Own siblings.
pub(crate) const SIBLINGS: [&str; 4] = ["elder_brother", "elder_sister", "younger_brother", "younger_sister"];
/// The spouse's siblings.
pub(crate) const SPOUSE_SIBLINGS: [&str; 4] = [
    "spouse_elder_brother",
    "spouse_elder_sister",
    "spouse_younger_brother",
    "spouse_younger_sister",
];

fn is_woman(r: &Record) -> bool {
    crate::text::fold(r.text("gender")) == "nữ"
}

/// The fields asked about the person in `row` (`family/ab12`), in screen order, members of objects one by one.
pub fn person_fields(r: &Record, row: &str) -> Vec<&'static Field> {
    let mut out = Vec::new();
    for f in PERSON {
        if f.kind == Kind::Object {
            if f.is_asked(r, Some(row)) {
                out.extend(f.columns.iter().filter(|m| m.is_asked(r, Some(row))));
            }
        } else if f.is_asked(r, Some(row)) {
            out.push(f);
        }
    }
    out
}

/// Group of the person in this row, once a relation is chosen.
pub(super) fn group_of(r: &Record, row: &str) -> Option<Group> {
    relation(r.text(&format!("{row}/relation")).trim()).map(|rel| rel.group)
}

/// Whether the person in this row is declared dead.
pub(crate) fn is_dead(r: &Record, row: &str) -> bool {
    r.text(&format!("{row}/death.answer")) == "có"
        || ["death.year", "death.cause", "death.place"]
            .iter()
            .any(|m| !r.is_blank(&format!("{row}/{m}")))
}

/// Age in years on the day the form refers to, when both are known.
fn age(r: &Record, row: &str, act: Option<Date>) -> Option<i32> {
    let born = date::read(r.text(&format!("{row}/birth_year")))?.year()?;
    Some(act?.y - born)
}

fn ask_of(r: &Record, row: &str, asks: [Ask; 3]) -> Ask {
    let [a, b, c] = asks;
    let slug = r.text(&format!("{row}/relation"));
    match relation(slug.trim()) {
        None => match (a, c) {
            (Ask::Required, Ask::Required) => Ask::Required,
            _ => Ask::No,
        },
        Some(rel) => match rel.group {
            Group::A => a,
            Group::B => b,
            Group::C => c,
            Group::D if rel.slug == "former_spouse" => match b {
                Ask::FormerSpouse => Ask::Required,
                Ask::Advised => Ask::Required,
                Ask::Required if a == Ask::Required && c == Ask::Required => Ask::Required,
                Ask::Optional | Ask::Auto => b,
                _ => Ask::No,
            },
            // someone added on demand: as a sibling, nothing but name and year is a gap
            Group::D => match c {
                Ask::Required if a == Ask::Required && b == Ask::Required => Ask::Required,
                Ask::IfAlive | Ask::IfAliveFrom6 => Ask::Optional,
                Ask::IfYes | Ask::DeathYear | Ask::Optional | Ask::Auto => c,
                _ => Ask::No,
            },
        },
    }
}

pub(super) fn is_asked(r: &Record, row: &str, asks: [Ask; 3], act: Option<Date>) -> bool {
    let grown = |years: i32| age(r, row, act).is_none_or(|a| a >= years);
    match ask_of(r, row, asks) {
        Ask::No | Ask::Auto | Ask::FormerSpouse => false,
        Ask::IfAlive => !is_dead(r, row),
        Ask::IfAliveFrom6 => !is_dead(r, row) && grown(6),
        Ask::IfAdult => !is_dead(r, row) && grown(18),
        Ask::AdvisedAdult => grown(18),
        _ => true,
    }
}

pub(super) fn is_required(r: &Record, row: &str, asks: [Ask; 3], act: Option<Date>) -> bool {
    let grown = |years: i32| age(r, row, act).is_some_and(|a| a >= years);
    match ask_of(r, row, asks) {
        Ask::Required => true,
        Ask::IfAlive => !is_dead(r, row),
        Ask::IfAliveFrom6 => !is_dead(r, row) && grown(6),
        Ask::IfAdult => !is_dead(r, row) && grown(18),
        _ => false,
    }
}

const fn member(slug: &'static str, label: &'static str, kind: Kind) -> Field {
    Field::new(slug, label, kind)
}

const IS_DEAD: When = When::Is(".death.answer", "có");
const DEAD_B: When = When::All(&[IS_DEAD, When::InGroup(Group::B)]);

const DEATH: &[Field] = &[
    member("death.answer", "Đã mất", Kind::Choice)
        .hint("Chọn “có” nếu người ấy đã mất; khi đó không hỏi nơi ở và nghề nghiệp nữa.")
        .unprinted()
        .choices(ANSWER),
    member("death.year", "Năm mất", Kind::PartialDate)
        .hint("Chỉ cần năm.")
        .example("2015")
        .must_if(DEAD_B, "group B")
        .ask(IS_DEAD),
    member("death.cause", "Lý do mất", Kind::Text)
        .hint("Ví dụ: bệnh, già yếu, tai nạn.")
        .example("bệnh")
        .must_if(DEAD_B, "group B")
        .ask(IS_DEAD),
    member("death.place", "Nơi mất", Kind::Text)
        .hint("Xã, tỉnh.")
        .example("xã Si Pa Phìn")
        .must_if(DEAD_B, "group B")
        .ask(IS_DEAD),
];

const IN_PARTY: When = When::Is(".party_member.answer", "có");

const PARTY_MEMBER: &[Field] = &[
    member("party_member.answer", "Là đảng viên", Kind::Choice)
        .unprinted()
        .choices(ANSWER),
    member("party_member.admitted", "Năm vào Đảng", Kind::PartialDate)
        .example("2012")
        .only(IN_PARTY, "if party_member"),
    member("party_member.branch", "Chi bộ", Kind::Text)
        .example("Chi bộ bản Đề Bua")
        .only(IN_PARTY, "if party_member"),
    member("party_member.committee", "Đảng bộ", Kind::Text)
        .example("Đảng bộ xã Si Pa Phìn")
        .only(IN_PARTY, "if party_member"),
    member(
        "party_member.confirmed_date",
        "Ngày cấp ủy quản lý đảng viên xác nhận",
        Kind::FullDate,
    )
    .hint("Chi bộ cho biết; chưa có thì để trống.")
    .unprinted()
    .ask(IN_PARTY),
];

const LEFT_PARTY: &[Field] = &[
    member("left_party.answer", "Đã ra khỏi Đảng", Kind::Choice)
        .unprinted()
        .mask()
        .choices(ANSWER),
    member("left_party.detail", "Thời gian, lý do ra khỏi Đảng", Kind::LongText)
        .hint("Khai thời gian và lý do.")
        .mask()
        .only(When::Is(".left_party.answer", "có"), "if left_party"),
];

const IS_ABROAD: When = When::Is(".abroad.answer", "có");

const ABROAD: &[Field] = &[
    member("abroad.answer", "Đang ở nước ngoài", Kind::Choice)
        .unprinted()
        .choices(ANSWER),
    member("abroad.country", "Nước nào", Kind::Text)
        .example("Lào")
        .only(IS_ABROAD, "if abroad"),
    member("abroad.detail", "Làm gì, từ năm nào", Kind::Text)
        .example("làm nương, từ năm 2018")
        .only(IS_ABROAD, "if abroad"),
];

const IS_FORMER: When = When::Is(".relation", "former_spouse");

const DIVORCE: &[Field] = &[
    member("divorce.year", "Năm ly hôn", Kind::PartialDate)
        .example("2019")
        .must_if(IS_FORMER, "former_spouse"),
    member("divorce.decision", "Số quyết định ly hôn", Kind::Text)
        .example("số 12/2019/QĐST-HNGĐ")
        .must_if(IS_FORMER, "former_spouse"),
];

const HISTORY: &[Field] = &[
    member("from", "Từ năm", Kind::PartialDate).must(),
    member("to", "đến năm", Kind::PartialDateOrNay).must(),
    member("text", "Làm gì, ở đâu", Kind::Text).must(),
];

const fn f(slug: &'static str, label: &'static str, kind: Kind) -> Field {
    Field::new(slug, label, kind)
}

/// What is asked about a person, in the order of the reference catalogue. Slugs are relative to the person's row.
pub static PERSON: &[Field] = {
    use Ask::*;
    use Kind::*;
    &[
        f("id", "mã trong ứng dụng", Text).example("f05").per_group(Auto, Auto, Auto),
        f("relation", "Quan hệ", Choice)
            .hint("Chọn quan hệ với bạn.")
            .example("father")
            .choices(CHOICES)
            .per_group(Required, Required, Required),
        f("name", "Họ và tên", Text)
            .hint("Ghi theo giấy khai sinh hoặc giấy tờ của người ấy.")
            .example("Lò Văn Mẫu Cha")
            .per_group(Required, Required, Required),
        f("birth_year", "Năm sinh", PartialDate)
            .hint("Chỉ cần năm; không rõ thì hỏi người lớn, báo chi bộ.")
            .example("1979")
            .per_group(Required, Required, Required),
        f("birth_place", "Nơi sinh", PlaceWithOldName)
            .hint("Nơi đăng ký khai sinh của người ấy, không ghi bệnh viện.")
            .example("Xã Si Pa Phìn, tỉnh Điện Biên")
            .per_group(No, Required, No),
        f("ancestral_home", "Quê quán", PlaceWithOldName)
            .hint("Tên hiện nay, chú thích tên cũ.")
            .example("Xã Si Pa Phìn, tỉnh Điện Biên")
            .per_group(Required, Required, No),
        f("nationality", "Quốc tịch", Text).hint("Thường là Việt Nam.").example("Việt Nam").per_group(Local, Local, Required),
        f("ethnicity", "Dân tộc", Choice)
            .hint("Chọn trong danh sách.")
            .example("Thái")
            .choices(ETHNICITIES)
            .per_group(Local, Local, No),
        f("religion", "Tôn giáo", ChoiceOrText)
            .hint("Không theo thì ghi “không”.")
            .example("không")
            .choices(RELIGIONS)
            .per_group(Local, Local, No),
        f("residence", "Nơi cư trú", Place)
            .hint("Nơi ở hiện nay; người đã mất để trống.")
            .example("Bản Đề Bua, xã Si Pa Phìn, tỉnh Điện Biên")
            .parts(PLACE)
            .per_group(IfAlive, IfAlive, IfAlive),
        f("occupation", "Nghề nghiệp", Text)
            .hint("Công việc hiện nay; trẻ nhỏ ghi “còn nhỏ”, đi học ghi tên trường.")
            .example("làm nương")
            .per_group(IfAlive, IfAlive, IfAliveFrom6),
        f("class_background", "Thành phần giai cấp", Text)
            .hint("Chỉ ghi nếu gia đình được quy định trước đây; không có thì để trống là đúng.")
            .mask()
            .per_group(No, BlankIsRight, No),
        f("history", "Quá trình bản thân (lịch sử bản thân)", YearRows)
            .hint("Kể theo năm, liên tục: học, làm, kết hôn, chuyển nơi ở.")
            .example("1979–1986: còn nhỏ …")
            .mask()
            .columns(HISTORY)
            .per_group(Advised, Required, AdvisedAdult),
        f("political_note", "Vấn đề liên quan đến tiêu chuẩn chính trị; lịch sử chính trị", LongText)
            .hint("Đã tham gia cách mạng, làm gì, giữ chức gì; hoặc ghi không tham gia tổ chức nào của chế độ cũ.")
            .example("Không tham gia tổ chức nào của đế quốc hoặc chế độ cũ.")
            .mask()
            .per_group(Required, Required, No),
        f("compliance", "Việc chấp hành đường lối của Đảng, pháp luật của Nhà nước", Text)
            .hint("Ghi ngắn, đúng thực tế.")
            .example("Chấp hành tốt.")
            .mask()
            .per_group(No, IfAlive, IfAdult),
        f("economic", "Hoàn cảnh kinh tế", Text)
            .hint("Ví dụ: đủ ăn, hộ nghèo, hộ cận nghèo.")
            .example("Hộ cận nghèo, làm nương.")
            .mask()
            .per_group(No, No, IfAdult),
        f("criminal_record", "Tiền án", YesNoDetail)
            .hint("Có thì ghi rõ, không thì chọn “không”.")
            .example("không")
            .mask()
            .per_group(No, No, IfAdult),
        f("death", "Đã mất", Object)
            .hint("Ghi năm, lý do và nơi mất.")
            .example("{\"year\":\"2015\",\"cause\":\"bệnh\",\"place\":\"xã Si Pa Phìn\"}")
            .columns(DEATH)
            .per_group(DeathYear, DeathAll, DeathYear),
        f("party_member", "Là đảng viên", Object)
            .hint("Năm vào Đảng, chi bộ, đảng bộ đang sinh hoạt.")
            .example("{\"answer\":\"có\",\"admitted\":\"2012-05\",\"branch\":\"Chi bộ bản Đề Bua\",\"committee\":\"Đảng bộ xã Si Pa Phìn\"}")
            .columns(PARTY_MEMBER)
            .per_group(IfYes, IfYes, IfYes),
        f("left_party", "Đã ra khỏi Đảng", Object)
            .hint("Khai thời gian và lý do.")
            .example("{\"answer\":\"không\"}")
            .mask()
            .columns(LEFT_PARTY)
            .per_group(No, IfYes, No),
        f("abroad", "Đang ở nước ngoài", Object)
            .hint("Nước nào, làm gì, từ năm nào.")
            .example("{\"answer\":\"có\",\"country\":\"Lào\",\"detail\":\"làm nương, từ năm 2018\"}")
            .columns(ABROAD)
            .per_group(IfYes, IfYes, IfYes),
        f("marriage_year", "Năm kết hôn", PartialDate).hint("Chỉ cần năm.").example("2003").per_group(No, Advised, No),
        f("divorce", "Ly hôn", Object)
            .hint("Năm và số quyết định.")
            .example("{\"year\":\"2019\",\"decision\":\"số 12/2019/QĐST-HNGĐ\"}")
            .columns(DIVORCE)
            .per_group(No, FormerSpouse, No),
        f("matters_to_report", "Có điều gì cần báo cáo chi bộ", YesNoDetail)
            .hint("Chọn “có” nếu bạn thấy có việc cần hỏi chi bộ.")
            .example("không")
            .mask()
            .per_group(Optional, Optional, Optional),
        f("note", "Ghi chú", Text).hint("Ví dụ: con riêng của mẹ, con nuôi.").per_group(Optional, Optional, Optional),
    ]
};
