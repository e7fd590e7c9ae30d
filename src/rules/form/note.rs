//! The mentor's dated note on a candidate, as a form of the same machinery.
//!
//! A working paper of the chi bộ, in no official list of papers; its facts feed the introduction 3-KNĐ and the review 11-KNĐ.
//! A note is never edited once sent: a correction is a new note. What must not stand in a note is MON-08's matter.

use super::{Choice, Field, Form, Item, Kind, Section, choice};

pub(super) static FORM: Form = Form {
    id: "note/1",
    code: "note",
    edition: "1",
    title: "Nhận xét của đảng viên giúp đỡ",
    instrument: "",
    sections: SECTIONS,
};

const AUTHOR_ROLE: &[Choice] = &[choice("mentor", "Đảng viên giúp đỡ"), choice("youth_union", "BCH Đoàn")];
const PHASE: &[Choice] = &[
    choice("before", "Trước kết nạp"),
    choice("probation", "Trong thời gian dự bị"),
];
const PROGRESS: &[Choice] = &[
    choice("not_started", "chưa bắt đầu"),
    choice("drafting", "đang viết nháp"),
    choice("reviewed", "đã rà soát"),
    choice("copied", "đã chép tay"),
];
const OR_NOTHING_NEW: &str = "yes, or \"không có việc mới trong kỳ\"";

const fn f(slug: &'static str, label: &'static str, kind: Kind) -> Field {
    Field::new(slug, label, kind).unprinted()
}

const SECTIONS: &[Section] = &[
    Section {
        slug: "thong-tin",
        title: "Nhận xét về ai, kỳ nào",
        intro: "Ghi ngắn những gì bạn đã thấy. Không ghi chuyện gia đình, sức khỏe hay lịch sử chính trị của ai.",
        items: &[Item::new("", "Thông tin chung", "", 0, ABOUT)],
    },
    Section {
        slug: "nhiem-vu",
        title: "Nhiệm vụ trong kỳ",
        intro: "Việc đã giao và kết quả cụ thể.",
        items: &[Item::new("", "Nhiệm vụ", "", 0, TASKS)],
    },
    Section {
        slug: "bon-mat",
        title: "Việc cụ thể đã thấy",
        intro: "Mỗi mặt một việc cụ thể: ngày nào, ở đâu, kết quả ra sao. Không có việc mới thì ghi “không có việc mới trong kỳ”.",
        items: &[Item::new("", "Nhận xét theo từng mặt", "", 0, ASPECTS)],
    },
    Section {
        slug: "tong-hop",
        title: "Trao đổi, đề xuất",
        intro: "Rút ra từ các việc trên; nói thẳng, nói nhẹ, có hướng khắc phục.",
        items: &[Item::new("", "Tổng hợp", "", 0, SUMMARY)],
    },
];

const ABOUT: &[Field] = &[
    f("candidate", "Người được theo dõi", Kind::Text)
        .hint("Họ tên quần chúng bạn được phân công giúp đỡ.")
        .must(),
    f("date", "Ngày ghi", Kind::FullDate)
        .hint("Ngày bạn viết nhận xét này.")
        .example("10-11-2026")
        .must(),
    f("author", "Người ghi", Kind::Text)
        .hint("Tên người được phân công.")
        .must(),
    f("author_role", "Vai trò", Kind::Choice)
        .hint("Đảng viên giúp đỡ hoặc BCH Đoàn.")
        .choices(AUTHOR_ROLE)
        .must(),
    f("phase", "Giai đoạn", Kind::Choice)
        .hint("Trước kết nạp hay trong thời gian dự bị.")
        .choices(PHASE)
        .must(),
    f("period_from", "Kỳ nhận xét: từ ngày", Kind::FullDate).hint("Từ ngày đến ngày."),
    f("period_to", "Kỳ nhận xét: đến ngày", Kind::FullDate).hint("Từ ngày đến ngày."),
];

const TASKS: &[Field] = &[f("tasks", "Nhiệm vụ trong kỳ", Kind::Rows)
    .hint("Việc đã giao, kết quả cụ thể.")
    .columns(&[
        Field::new("task_ref", "Việc đã giao", Kind::Text),
        Field::new("result", "Kết quả cụ thể", Kind::LongText),
    ])];

const ASPECTS: &[Field] = &[
    f(
        "aspects.policy_law",
        "Chấp hành chủ trương, chính sách, pháp luật",
        Kind::LongText,
    )
    .hint("Việc cụ thể bạn đã thấy, ngày nào, ở đâu.")
    .must_if(super::When::Always, OR_NOTHING_NEW),
    f(
        "aspects.political_ethics",
        "Phẩm chất chính trị, đạo đức, lối sống",
        Kind::LongText,
    )
    .hint("Một việc làm cho thấy điều này.")
    .must_if(super::When::Always, OR_NOTHING_NEW),
    f("aspects.capacity", "Năng lực công tác (học tập)", Kind::LongText)
        .hint("Kết quả, con số, sản phẩm.")
        .must_if(super::When::Always, OR_NOTHING_NEW),
    f("aspects.mass_relations", "Quan hệ quần chúng", Kind::LongText)
        .hint("Với bạn bè, đồng nghiệp, bà con.")
        .must_if(super::When::Always, OR_NOTHING_NEW),
    f("aspects.awareness", "Nhận thức về Đảng", Kind::LongText)
        .hint("Bạn ấy hiểu, hỏi, trao đổi điều gì?")
        .if_held("no; needed for 11-KNĐ"),
];

const SUMMARY: &[Field] = &[
    f("strengths", "Ưu điểm nổi bật", Kind::LongText).hint("Rút ra từ các việc trên."),
    f("weaknesses", "Hạn chế, việc cần khắc phục", Kind::LongText).hint("Nói thẳng, nói nhẹ, có hướng khắc phục."),
    f("exchange", "Đã trao đổi với quần chúng", Kind::LongText).hint("Ngày nào, nói về điều gì."),
    f("lylich_progress", "Tiến độ lý lịch", Kind::Choice).choices(PROGRESS),
    f("proposal", "Đề xuất với chi bộ", Kind::Text).hint("Ví dụ: cử đi học, giao thêm việc."),
];
