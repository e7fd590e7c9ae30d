//! Thresholds that a chi bộ or its province sets: grades of study and conduct, the interval of the mentor's notes. Each has its ground.
//!
//! No central text sets them. Invariant: wherever one shows, it says that it is local and on what it rests; nobody is measured by it here.

use rules::{Record, Settings};

/// A local threshold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    /// The field it stands in.
    pub slug: &'static str,
    /// What it is about.
    pub label: &'static str,
    /// As the chi bộ wrote it.
    pub value: String,
    /// Number of the instrument or resolution it rests on; empty while it is not written.
    pub ground: String,
}

/// The thresholds: slug, label, hint. The ground stands in `SLUG.ground`.
pub const THRESHOLDS: [(&str, &str, &str); 3] = [
    ("local.study_grade", "Học lực", "Ví dụ khá trở lên."),
    ("local.conduct_grade", "Rèn luyện (hạnh kiểm)", "Ví dụ tốt."),
    (
        INTERVAL,
        "Kỳ ghi nhận xét (tháng)",
        "Mặc định 3 tháng; chưa có quy định chung.",
    ),
];

const INTERVAL: &str = "local.note_interval_months";
/// Months between two notes that a chi bộ may set.
const INTERVALS: std::ops::RangeInclusive<u16> = 1..=24;

/// The thresholds that are written, and what is to be mended: field and reason.
pub fn thresholds(record: &Record) -> (Vec<Threshold>, Vec<(String, String)>) {
    let mut set = Vec::new();
    let mut mend = Vec::new();
    for (slug, label, _) in THRESHOLDS {
        let value = record.text(slug).trim();
        if value.is_empty() {
            continue;
        }
        let ground = record.text(&format!("{slug}.ground")).trim();
        if ground.is_empty() {
            mend.push((
                format!("{slug}.ground"),
                format!("{label}: hãy ghi căn cứ (số văn bản hoặc nghị quyết của chi bộ)."),
            ));
        }
        if slug == INTERVAL && interval(value).is_none() {
            mend.push((
                slug.to_string(),
                "Kỳ ghi nhận xét: hãy ghi số tháng, từ 1 đến 24.".to_string(),
            ));
        }
        set.push(Threshold {
            slug,
            label,
            value: value.to_string(),
            ground: ground.to_string(),
        });
    }
    (set, mend)
}

fn interval(value: &str) -> Option<u16> {
    value.parse().ok().filter(|months| INTERVALS.contains(months))
}

/// Takes the interval of notes into the settings.
pub fn apply(record: &Record, settings: &mut Settings) {
    if let Some(months) = interval(record.text(INTERVAL).trim()) {
        settings.note_interval_months = months;
    }
}

impl Threshold {
    /// With its mark, as it stands wherever it shows.
    pub fn shown(&self) -> String {
        let ground = match self.ground.as_str() {
            "" => "chưa ghi căn cứ".to_string(),
            ground => format!("căn cứ {ground}"),
        };
        format!(
            "{}: {} (quy ước của địa phương, {ground}; không phải quy định chung)",
            self.label, self.value
        )
    }
}
