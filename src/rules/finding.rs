//! A finding: which rule, how serious, where, with what in the message, on what ground.
//!
//! Rule, severity and [`Finding::where_`] may leave the device; everything that could be personal sits in the params, which only fill the
//! message on the device itself.

use crate::date::Date;
use crate::facts::Row;
use crate::form;
use crate::law::{Cited, Seen};
use crate::record::Record;
use crate::rule::{Resolve, Rule};

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A stated condition is not met on the day of the act.
    Block,
    /// Only a higher or competent level may decide.
    Approve,
    /// To be completed, corrected or explained.
    Explain,
    /// Form of the entry, or a tip.
    Style,
}

impl Severity {
    /// The label shown to people.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Block => "Chưa thể làm bước tiếp theo",
            Severity::Approve => "Cần cấp có thẩm quyền",
            Severity::Explain => "Cần bổ sung hoặc giải thích",
            Severity::Style => "Nên sửa cách ghi",
        }
    }

    /// Name in files.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Block => "block",
            Severity::Approve => "approve",
            Severity::Explain => "explain",
            Severity::Style => "style",
        }
    }
}

/// A value that fills a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Param {
    /// A number.
    Int(i32),
    /// Yes or no; picks a wording, is never shown.
    Bool(bool),
    /// A day.
    Date(Date),
    /// A text as it is.
    Text(String),
    /// An item of the form, shown as "mục 14".
    Item(i32),
    /// Several texts.
    Texts(Vec<String>),
    /// A code with a label.
    Code(&'static str),
    /// Codes with labels; of a dotted code files hold the last part.
    Codes(Vec<&'static str>),
    /// What files say and what people read, when the two differ: persons, spans of months, fields.
    Shown {
        /// In files.
        file: String,
        /// For people.
        people: String,
    },
}

impl From<i32> for Param {
    fn from(n: i32) -> Param {
        Param::Int(n)
    }
}
impl From<bool> for Param {
    fn from(b: bool) -> Param {
        Param::Bool(b)
    }
}
impl From<Date> for Param {
    fn from(d: Date) -> Param {
        Param::Date(d)
    }
}
impl From<String> for Param {
    fn from(s: String) -> Param {
        Param::Text(s)
    }
}
impl From<&str> for Param {
    fn from(s: &str) -> Param {
        Param::Text(s.to_string())
    }
}
impl From<Vec<&'static str>> for Param {
    fn from(codes: Vec<&'static str>) -> Param {
        Param::Codes(codes)
    }
}

impl Param {
    /// What people read in the message.
    pub fn shown(&self) -> String {
        match self {
            Param::Int(n) => n.to_string(),
            Param::Bool(_) => String::new(),
            Param::Date(d) => d.show(),
            Param::Text(s) => s.clone(),
            Param::Item(n) => format!("mục {n}"),
            Param::Texts(texts) => texts.join(", "),
            Param::Code(code) => label(code).to_string(),
            Param::Codes(codes) => {
                let mut out = String::new();
                for code in codes {
                    if !out.is_empty() {
                        out.push_str(", ");
                    }
                    out.push_str(label(code));
                }
                out
            }
            Param::Shown { people, .. } => people.clone(),
        }
    }
}

/// What a check found.
#[derive(Clone)]
pub struct Finding {
    /// Identifier of the rule.
    pub rule: &'static str,
    /// Severity.
    pub severity: Severity,
    /// Record path on which the app puts the focus.
    pub place: String,
    /// What fills the message.
    pub params: Vec<(&'static str, Param)>,
    /// Name of the wording; empty for the usual one.
    pub case: &'static str,
    /// Whether the person answered it with a note to the chi bộ.
    pub noted: bool,
    pub(crate) source: &'static Rule,
    pub(crate) day: Date,
    pub(crate) whereabouts: &'static str,
    pub(crate) calendar: String,
}

impl std::fmt::Debug for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.rule, self.severity.name(), self.place)
    }
}

/// On what a finding rests, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Number of the instrument whose point was read.
    pub number: &'static str,
    /// Its title.
    pub name: &'static str,
    /// Who issued it.
    pub issuer: &'static str,
    /// Day of signing.
    pub date: Date,
    /// The point; empty when the whole text is meant or the point is not known.
    pub point: &'static str,
    /// First day in force.
    pub since: Date,
    /// Last day in force, if it ended.
    pub until: Option<Date>,
    /// How far the text was seen, as a sentence.
    pub seen: &'static str,
    /// Said when a newer text is in force that was not seen.
    pub notice: Option<String>,
}

impl Finding {
    pub(crate) fn case(&mut self, case: &'static str) -> &mut Finding {
        self.case = case;
        self
    }

    pub(crate) fn with(&mut self, name: &'static str, value: impl Into<Param>) -> &mut Finding {
        self.params.push((name, value.into()));
        self
    }

    /// Names a code, shown by its label.
    pub(crate) fn code(&mut self, name: &'static str, code: &'static str) -> &mut Finding {
        self.with(name, Param::Code(code))
    }

    /// Names the person of this row.
    pub(crate) fn about(&mut self, row: &Row<'_>) -> &mut Finding {
        self.with("person", crate::check::person(row))
    }

    /// Names the row by its number.
    pub(crate) fn numbered(&mut self, row: &Row<'_>) -> &mut Finding {
        self.with("row", row.number_shown())
    }

    /// `where` of the shared report when it differs from the place of the focus.
    pub(crate) fn said_at(&mut self, whereabouts: &'static str) -> &mut Finding {
        self.whereabouts = whereabouts;
        self
    }

    /// What the rule asks, in a few words.
    pub fn title(&self) -> &'static str {
        self.source.title
    }

    /// What clears the finding.
    pub fn resolve(&self) -> Resolve {
        self.source.resolve
    }

    /// The rule.
    pub fn law(&self) -> &'static Rule {
        self.source
    }

    /// The param with this name.
    pub fn param(&self, name: &str) -> Option<&Param> {
        self.params.iter().find(|(n, _)| *n == name).map(|(_, p)| p)
    }

    /// The wording of this case, with its `{params}`.
    pub(crate) fn wording(&self) -> &'static str {
        let variant = self.source.variants.iter().find(|(case, _)| *case == self.case);
        variant.map_or(self.source.message, |(_, wording)| *wording)
    }

    /// The message, filled, without notices.
    pub fn message(&self) -> String {
        let template = self.wording();
        let mut out = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some((before, tail)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, after)) = tail.split_once('}') else {
                rest = tail;
                break;
            };
            match self.param(name) {
                Some(param) => out.push_str(&param.shown()),
                None => out.push('…'),
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// What must be said beside the message: a newer text not seen, a local rule, a reading of this library, the calendar of a deadline.
    pub fn notices(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for ground in self.grounds() {
            if let Some(notice) = ground.notice
                && out.last() != Some(&notice)
            {
                out.push(notice);
            }
        }
        match self.source.seen {
            Seen::Local => {
                out.push(format!("Theo hướng dẫn (thực hành) của {}.", self.source.province));
            }
            Seen::Interpretation => out.push(Seen::Interpretation.sentence().to_string()),
            _ => {}
        }
        if !self.calendar.is_empty() {
            out.push(self.calendar.clone());
        }
        out
    }

    /// The citations that hold on the day of the act.
    pub fn citations(&self) -> impl Iterator<Item = Cited> {
        let day = self.day;
        self.source.grounds().filter(move |c| c.holds(day))
    }

    /// As [`Rule::basis_of`] of the rule of this finding.
    pub fn basis_of(&self, newer: &Cited) -> Option<Cited> {
        self.source.basis_of(newer)
    }

    /// The grounds, ready to be shown. For a text in force that was not seen, the version that was seen stands with a notice.
    pub fn grounds(&self) -> Vec<Ground> {
        let mut grounds = Vec::new();
        for cited in self.citations() {
            let presumed = cited.seen == Seen::Presumed;
            let read = if presumed {
                self.basis_of(&cited).unwrap_or(cited)
            } else {
                cited
            };
            let newer = cited.instrument.number();
            grounds.push(Ground {
                number: read.instrument.number(),
                name: read.instrument.title(),
                issuer: read.instrument.issuer(),
                date: read.instrument.date,
                point: read.point,
                since: read.since,
                until: read.until,
                seen: read.seen.sentence(),
                notice: presumed.then(|| format!("Căn cứ bản năm 2025; chưa đối chiếu được với {newer}.")),
            });
        }
        grounds
    }

    /// Where, as it may stand in a shared report: `work_history[2].to`, `family[f07].death`.
    pub fn where_(&self, r: &Record) -> String {
        if !self.whereabouts.is_empty() {
            return self.whereabouts.to_string();
        }
        where_of(r, &self.place)
    }
}

/// A record path as files name it: rows by number, persons by name of the row.
pub fn where_of(r: &Record, place: &str) -> String {
    where_among(place, &|group, row| r.rows(group).iter().position(|name| *name == row))
}

/// The same, with the number of a row in its group known in some other way.
pub(crate) fn where_among(place: &str, number: &dyn Fn(&str, &str) -> Option<usize>) -> String {
    let mut segments = place.split('/');
    let mut out = segments.next().unwrap_or("").to_string();
    let mut group = out.clone();
    while let Some(row) = segments.next() {
        out.push('[');
        if group == "family" {
            out.push_str(row);
        } else if let Some(at) = number(&group, row) {
            out.push_str(&at.to_string());
        }
        out.push(']');
        if let Some(cell) = segments.next() {
            if cell != "_" {
                out.push('.');
                out.push_str(cell);
            }
            group = format!("{group}/{row}/{cell}");
        }
    }
    out
}

/// Label of a code; the code itself when it has none (papers are named by their number).
pub fn label(code: &'static str) -> &'static str {
    let own = LABELS
        .lines()
        .find_map(|line| line.strip_prefix(code)?.strip_prefix('='));
    own.or_else(|| form::relation(code).map(|r| r.label)).unwrap_or(code)
}

/// Labels of the codes in params: one a line, code and label parted by `=`.
static LABELS: &str = "\
ability=năng lực
admitted=năm vào Đảng
admitted_date=ngày vào Đảng
ancestral_home=quê quán
arrested_or_imprisoned=bị bắt, bị tù
assigned_date=ngày được phân công
awareness=giác ngộ chính trị
birth_certificate=giấy khai sinh
birth_date=ngày sinh
birth_place=nơi sinh
birth_year=năm sinh
branch=chi bộ
capacity=năng lực công tác (học tập)
cause=lý do
certificate=văn bằng, chứng chỉ
committee=đảng bộ
commune=xã, phường
compliance=việc chấp hành chủ trương, pháp luật
country=nước
criminal_record=tiền án (có hay không)
date=tháng, năm
death.cause=lý do mất
death.place=nơi mất
death.year=năm mất
decided_by=cấp quyết định
decision=số quyết định
detail=thôn, bản (số nhà)
diploma=bằng tốt nghiệp
divorce.decision=số quyết định ly hôn
divorce.year=năm ly hôn
economic=hoàn cảnh kinh tế
end_reason=lý do thay người trước
ended_date=ngày kết thúc của người trước
ethics_lifestyle=đạo đức, lối sống
ethnicity=dân tộc
foreign_organisations=quan hệ với tổ chức ở nước ngoài
history=quá trình bản thân
lower_secondary=trung học cơ sở
lylich=kết luận về lý lịch
marriage_year=năm kết hôn
mass_relations=quan hệ quần chúng
mode=hình thức học
name=họ và tên
nationality=quốc tịch
notes_on_lylich=phần về lý lịch
occupation=nghề nghiệp
official_date=ngày chính thức
party_activity_interrupted=gián đoạn sinh hoạt đảng
party_member.admitted=năm vào Đảng
party_member.branch=chi bộ
party_member.committee=đảng bộ
place=nơi
policy_law=chấp hành chủ trương, pháp luật
political_ethics=phẩm chất chính trị, đạo đức, lối sống
political_note=vấn đề liên quan đến tiêu chuẩn chính trị
political_qualities=phẩm chất chính trị
primary=tiểu học
province=tỉnh, thành phố
purpose=nội dung đi
reason_form=lý do, hình thức
religion=tôn giáo
religious_roles=chức sắc tôn giáo
residence=nơi cư trú
resolution_no=số nghị quyết
school=trường
self=bản thân
spouse=vợ (chồng)
strengths=ưu điểm
strengths_weaknesses=ưu, khuyết điểm
subject=tên lớp
upper_secondary=trung học phổ thông
votes=số phiếu
weaknesses=khuyết điểm
work_capacity=năng lực
year=năm
";
