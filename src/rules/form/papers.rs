//! The papers that go with the dossier: application 1-KNĐ, introduction 3-KNĐ, the helper's review 11-KNĐ.
//!
//! Only what the library compares or counts: what each paper must say besides stands in the paper itself, which is written by hand. The part on the lý lịch in
//! 3-KNĐ is always written by the mentor from the certified dossier; nothing is ever put there by the app.

use super::{Field, Form, Item, Kind, Section};

const fn f(slug: &'static str, label: &'static str, kind: Kind) -> Field {
    Field::new(slug, label, kind)
}

/// 1-KNĐ: the application.
pub(super) static APPLICATION: Form = Form {
    id: "1-KNĐ/2017",
    code: "1-KNĐ",
    edition: "2017",
    title: "Đơn xin vào Đảng",
    instrument: "FRM",
    sections: &[Section {
        slug: "don",
        title: "Đơn xin vào Đảng",
        intro: "Bạn tự viết đơn bằng lời của mình. Phần dưới đây chỉ để so đơn với lý lịch.",
        items: &[Item::new("", "Đơn xin vào Đảng", "", 0, APPLICATION_FIELDS)],
    }],
};

const APPLICATION_FIELDS: &[Field] = &[
    f("papers.application.name", "Họ tên trong đơn", Kind::Text),
    f("papers.application.birth_date", "Ngày sinh trong đơn", Kind::FullDate),
    f("papers.application.ancestral_home", "Quê quán trong đơn", Kind::Place),
    f("papers.application.ethnicity", "Dân tộc trong đơn", Kind::Text),
    f("papers.application.religion", "Tôn giáo trong đơn", Kind::Text),
    f("papers.application.residence", "Nơi cư trú trong đơn", Kind::Place),
    f("papers.application.occupation", "Nghề nghiệp trong đơn", Kind::Text),
    f(
        "papers.application.youth_union_date",
        "Ngày vào Đoàn trong đơn",
        Kind::FullDate,
    ),
    f(
        "papers.application.listed_date",
        "Ngày được xét là cảm tình Đảng",
        Kind::FullDate,
    ),
    f("papers.application.text", "Phần tự viết của đơn", Kind::Text),
    f("procedure.application_date", "Ngày làm đơn", Kind::FullDate),
];

/// 3-KNĐ: the introduction by a full member.
pub(super) static INTRODUCTION: Form = Form {
    id: "3-KNĐ/2017",
    code: "3-KNĐ",
    edition: "2017",
    title: "Giấy giới thiệu người vào Đảng",
    instrument: "FRM",
    sections: &[Section {
        slug: "gioi-thieu",
        title: "Giấy giới thiệu người vào Đảng",
        intro: "Đảng viên giúp đỡ tự viết từ những việc đã thấy. Phần về lý lịch chép từ lý lịch đã được chứng nhận.",
        items: &[
            Item::new("", "Người giới thiệu", "", 0, INTRODUCER),
            Item::new("", "Nội dung giới thiệu", "", 0, INTRODUCTION_FIELDS),
        ],
    }],
};

const INTRODUCER: &[Field] = &[
    f("end3.addressee", "Kính gửi: Chi bộ", Kind::Text).must(),
    f("end3.introducer.name", "Tôi là", Kind::Text).must(),
    f("end3.introducer.birth_date", "sinh ngày", Kind::FullDate).must(),
    f("end3.introducer.ancestral_home", "Quê quán", Kind::Text).must(),
    f("end3.introducer.party_position", "Chức vụ trong Đảng", Kind::Text),
    f("end3.introducer.position", "Chức vụ chính quyền", Kind::Text),
    f("introductions.admitted_date", "Vào Đảng ngày", Kind::FullDate).must(),
    f("introductions.official_date", "chính thức ngày", Kind::FullDate).must(),
    f("introductions.branch", "Đang sinh hoạt tại Chi bộ", Kind::Text).must(),
    f(
        "introductions.assigned_date",
        "Ngày được phân công giáo dục, giúp đỡ quần chúng",
        Kind::FullDate,
    )
    .must(),
];

const INTRODUCTION_FIELDS: &[Field] = &[
    f(
        "introductions.notes_on_lylich",
        "Về lý lịch: những đặc điểm chính cần lưu ý",
        Kind::LongText,
    )
    .must(),
    f("introductions.strengths", "Những ưu điểm chính", Kind::LongText)
        .hint("Chấp hành; phẩm chất, đạo đức, lối sống; năng lực; quan hệ quần chúng.")
        .must(),
    f("introductions.weaknesses", "Khuyết điểm chính", Kind::LongText).must(),
    f("introductions.date", "Ngày viết giấy giới thiệu", Kind::FullDate).must(),
];

/// 11-KNĐ: the helper's review of a probationary member.
pub(super) static REVIEW: Form = Form {
    id: "11-KNĐ/2017",
    code: "11-KNĐ",
    edition: "2017",
    title: "Bản nhận xét đảng viên dự bị",
    instrument: "FRM",
    sections: &[Section {
        slug: "nhan-xet",
        title: "Bản nhận xét đảng viên dự bị",
        intro: "Đảng viên giúp đỡ tự viết từ những việc đã thấy trong thời gian dự bị.",
        items: &[Item::new("", "Nhận xét", "", 0, REVIEW_FIELDS)],
    }],
};

const REVIEW_FIELDS: &[Field] = &[
    f("end11.addressee", "Kính gửi", Kind::Text).must(),
    f("end11.reviewer.name", "Tôi là", Kind::Text).must(),
    f("end11.reviewer.birth_date", "Ngày sinh", Kind::FullDate).must(),
    f("end11.reviewer.admitted_date", "Ngày vào Đảng", Kind::FullDate).must(),
    f("end11.reviewer.official_date", "Ngày chính thức", Kind::FullDate).must(),
    f("end11.reviewer.branch", "Chi bộ", Kind::Text).must(),
    f("end11.assigned_date", "Ngày được phân công giúp đỡ", Kind::FullDate).must(),
    f("end11.member", "Đảng viên dự bị", Kind::Text).must(),
    f("procedure.ceremony_date", "Được kết nạp ngày", Kind::FullDate).must(),
    f("end11.strengths", "Ưu điểm", Kind::LongText)
        .hint("Lập trường tư tưởng, nhận thức về Đảng, đạo đức, lối sống, mức độ hoàn thành nhiệm vụ.")
        .must(),
    f(
        "end11.weaknesses",
        "Khuyết điểm và những vấn đề cần lưu ý",
        Kind::LongText,
    )
    .must(),
    f("end11.proposal", "Đề nghị", Kind::LongText).must(),
    f("probation.helper_review_date", "Ngày viết bản nhận xét", Kind::FullDate).must(),
];
