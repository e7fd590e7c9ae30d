//! The steps of the procedure as a form: days, numbers and names of papers, kept by the chi bộ and the committees.
//!
//! Only dates and counts stand here: no result of a verification, no comment of items 24 to 26. Labels and hints are those of the reference list
//! (a test compares them) but for the few it leaves half in code; labels of columns and choices are this project's.

use super::{ANSWER, Field, Form, Item, Kind, Section, choice};

pub(super) static FORM: Form = Form {
    id: "procedure/1",
    code: "procedure",
    edition: "1",
    title: "Các bước xét kết nạp",
    instrument: "",
    sections: SECTIONS,
};

const fn f(slug: &'static str, label: &'static str, kind: Kind) -> Field {
    Field::new(slug, label, kind).unprinted()
}

const SECTIONS: &[Section] = &[
    Section {
        slug: "theo-doi",
        title: "Theo dõi, giúp đỡ",
        intro: "",
        items: &[Item::new("", "Theo dõi, giúp đỡ", "", 0, THEO_DOI)],
    },
    Section {
        slug: "lop-nhan-thuc",
        title: "Lớp nhận thức về Đảng",
        intro: "",
        items: &[Item::new("", "Lớp nhận thức về Đảng", "", 0, LOP_NHAN_THUC)],
    },
    Section {
        slug: "tham-tra",
        title: "Hồ sơ, thẩm tra, chứng nhận",
        intro: "",
        items: &[Item::new("", "Hồ sơ, thẩm tra, chứng nhận", "", 0, THAM_TRA)],
    },
    Section {
        slug: "gioi-thieu",
        title: "Giới thiệu, lấy ý kiến",
        intro: "",
        items: &[Item::new("", "Giới thiệu, lấy ý kiến", "", 0, GIOI_THIEU)],
    },
    Section {
        slug: "hop-xet",
        title: "Họp xét, biểu quyết",
        intro: "",
        items: &[Item::new("", "Họp xét, biểu quyết", "", 0, HOP_XET)],
    },
    Section {
        slug: "quyet-dinh",
        title: "Quyết định, lễ kết nạp",
        intro: "",
        items: &[Item::new("", "Quyết định, lễ kết nạp", "", 0, QUYET_DINH)],
    },
    Section {
        slug: "du-bi",
        title: "Thời gian dự bị, công nhận chính thức",
        intro: "",
        items: &[Item::new("", "Thời gian dự bị, công nhận chính thức", "", 0, DU_BI)],
    },
    Section {
        slug: "chuyen",
        title: "Chuyển đơn vị",
        intro: "",
        items: &[Item::new("", "Chuyển đơn vị", "", 0, CHUYEN)],
    },
    Section {
        slug: "truong-hop-rieng",
        title: "Hợp đồng, biệt phái, học tập trung",
        intro: "",
        items: &[Item::new(
            "",
            "Hợp đồng, biệt phái, học tập trung",
            "",
            0,
            TRUONG_HOP_RIENG,
        )],
    },
];

const THEO_DOI: &[Field] = &[
    f(
        "procedure.union_selection_date",
        "Ngày Đoàn (Công đoàn) giới thiệu đoàn viên ưu tú",
        Kind::FullDate,
    ),
    f(
        "procedure.parents_opinion_date",
        "Ngày có ý kiến phụ huynh",
        Kind::FullDate,
    )
    .hint("Chỉ nơi có hướng dẫn riêng."),
    f(
        "procedure.listed_date",
        "Ngày được xét là cảm tình Đảng",
        Kind::FullDate,
    )
    .hint("Theo nghị quyết chi bộ."),
    f("procedure.listed_resolution_no", "Số nghị quyết", Kind::Text),
    f("procedure.list_reviews", "Tháng đã rà soát danh sách", Kind::ListText).hint("Ghi các tháng, ví dụ 2026-10."),
    f(
        "procedure.candidate_unit_from",
        "Ngày quần chúng về đơn vị (nhập học)",
        Kind::FullDate,
    ),
    f(
        "procedure.youth_union_follower",
        "Người (BCH Đoàn) cùng theo dõi",
        Kind::Text,
    ),
    f("procedure.mentors", "Đảng viên được phân công giúp đỡ", Kind::Rows)
        .hint("Thêm hàng mới khi thay người, không sửa hàng cũ.")
        .columns(&[
            Field::new("name", "Họ và tên", Kind::Text),
            Field::new("admitted_date", "Ngày vào Đảng", Kind::FullDate),
            Field::new("official_date", "Ngày chính thức", Kind::FullDate),
            Field::new("at_unit_from", "Ngày về đơn vị", Kind::FullDate),
            Field::new("assigned_date", "Ngày được phân công", Kind::FullDate),
            Field::new("resolution_no", "Số nghị quyết", Kind::Text),
            Field::new("ended_date", "Ngày kết thúc", Kind::FullDate),
            Field::new("end_reason", "Lý do kết thúc", Kind::Choice).choices(&[
                choice("moved", "chuyển đơn vị"),
                choice("disciplined", "bị kỷ luật"),
                choice("other", "lý do khác"),
            ]),
        ]),
    f("procedure.tasks", "Nhiệm vụ đã giao", Kind::Rows)
        .hint("Việc cụ thể, hạn, kết quả.")
        .columns(&[
            Field::new("assigned_date", "Ngày được phân công", Kind::FullDate),
            Field::new("text", "Nội dung", Kind::LongText),
            Field::new("due", "Hạn", Kind::PartialDate),
            Field::new("result", "Kết quả", Kind::LongText),
        ]),
];

const LOP_NHAN_THUC: &[Field] = &[
    f("procedure.class_start", "Ngày bắt đầu lớp nhận thức", Kind::FullDate),
    f("procedure.class_end", "Ngày kết thúc lớp nhận thức", Kind::FullDate),
    f("procedure.certificate_no", "Số giấy chứng nhận", Kind::Text),
    f("procedure.certificate_date", "Ngày cấp giấy chứng nhận", Kind::FullDate),
    f("procedure.certificate_issuer_level", "Cấp cấp giấy", Kind::Choice).choices(&[
        choice("commune", "trung tâm chính trị cấp xã"),
        choice("district", "trung tâm chính trị cấp huyện"),
        choice("committee", "cấp ủy có thẩm quyền"),
    ]),
];

const THAM_TRA: &[Field] = &[
    f(
        "procedure.permission_date",
        "Ngày được phép làm thủ tục",
        Kind::FullDate,
    ),
    f("procedure.application_date", "Ngày làm đơn", Kind::FullDate),
    f("procedure.stamping_date", "Ngày đóng dấu giáp lai", Kind::FullDate),
    f("procedure.verifications", "Thẩm tra (chỉ ngày tháng)", Kind::Rows)
        .hint("Không ghi kết quả thẩm tra vào ứng dụng.")
        .columns(&[
            Field::new("person", "Người được thẩm tra", Kind::Text),
            Field::new("side", "Bên", Kind::Choice)
                .choices(&[choice("self", "bên bản thân"), choice("spouse", "bên vợ (chồng)")]),
            Field::new("abroad", "Ở nước ngoài", Kind::Choice).choices(ANSWER),
            Field::new("sent_date", "Ngày gửi", Kind::FullDate),
            Field::new("received_date", "Ngày nơi nhận nhận được", Kind::FullDate),
            Field::new("replied_date", "Ngày trả lời", Kind::FullDate),
            Field::new("verifier_name", "Người đi thẩm tra", Kind::Text),
            Field::new("waiver", "Trường hợp được miễn", Kind::Choice).choices(&[
                choice("member_relative", "có người thân là đảng viên"),
                choice("all_local", "cả gia đình ở tại địa phương"),
            ]),
            Field::new(
                "current_politics_date",
                "Ngày thẩm tra chính trị hiện nay",
                Kind::FullDate,
            ),
        ]),
    f(
        "procedure.all_local_confirmed_date",
        "Ngày xã xác nhận cả gia đình tại địa phương",
        Kind::FullDate,
    ),
    f(
        "procedure.verification_concluded_date",
        "Ngày kết luận thẩm tra",
        Kind::FullDate,
    ),
    f(
        "procedure.branch_comment_date",
        "Ngày chi ủy nhận xét (mục 25)",
        Kind::FullDate,
    ),
    f(
        "procedure.certification_date",
        "Ngày cấp ủy chứng nhận (mục 26)",
        Kind::FullDate,
    ),
    f(
        "procedure.authority_decisions",
        "Văn bản của cấp có thẩm quyền (số, ngày)",
        Kind::Rows,
    )
    .hint("Chỉ ghi số, ngày; không ghi nội dung.")
    .columns(&[
        Field::new("matter", "Về việc", Kind::Choice).choices(&[
            choice("POL", "tiêu chuẩn chính trị"),
            choice("REL", "người có đạo"),
            choice("MAR", "kết hôn với người nước ngoài"),
            choice("HOA", "người Hoa"),
            choice("FOR", "gốc nước ngoài"),
            choice("AGE60", "trên 60 tuổi"),
            choice("EDU03", "già làng, trưởng bản"),
            choice("RE", "kết nạp lại"),
        ]),
        Field::new("number", "Số văn bản", Kind::Text),
        Field::new("date", "Ngày", Kind::FullDate),
    ]),
];

const GIOI_THIEU: &[Field] = &[
    f("procedure.introduction_path", "Đường giới thiệu", Kind::Choice).choices(&[
        choice("youth_union", "Đoàn Thanh niên"),
        choice("trade_union", "Công đoàn"),
        choice("two_members", "hai đảng viên chính thức"),
    ]),
    f("procedure.introductions", "Giấy giới thiệu 3-KNĐ", Kind::Rows).columns(&[
        Field::new("name", "Họ và tên", Kind::Text),
        Field::new("date", "Ngày", Kind::FullDate),
        Field::new("admitted_date", "Ngày vào Đảng", Kind::FullDate),
        Field::new("official_date", "Ngày chính thức", Kind::FullDate),
        Field::new("branch", "Chi bộ", Kind::Text),
        Field::new("assigned_date", "Ngày được phân công", Kind::FullDate),
        Field::new(
            "notes_on_lylich",
            "Về lý lịch: những đặc điểm chính cần lưu ý",
            Kind::LongText,
        ),
        Field::new("strengths", "Những ưu điểm chính", Kind::LongText),
        Field::new("weaknesses", "Khuyết điểm chính", Kind::LongText),
    ]),
    f(
        "procedure.union_resolution.date",
        "Nghị quyết Đoàn/Công đoàn: Ngày nghị quyết",
        Kind::FullDate,
    ),
    f(
        "procedure.union_resolution.kind",
        "Nghị quyết Đoàn/Công đoàn: Mẫu (4-KNĐ, 4A-KNĐ)",
        Kind::Text,
    ),
    f(
        "procedure.union_resolution.total",
        "Nghị quyết Đoàn/Công đoàn: Tổng số ủy viên",
        Kind::Number,
    ),
    f(
        "procedure.union_resolution.agree",
        "Nghị quyết Đoàn/Công đoàn: Số tán thành",
        Kind::Number,
    ),
    f(
        "procedure.union_resolution.against",
        "Nghị quyết Đoàn/Công đoàn: Số không tán thành",
        Kind::Number,
    ),
    f(
        "procedure.union_resolution.percent",
        "Nghị quyết Đoàn/Công đoàn: Tỷ lệ %",
        Kind::Number,
    ),
    f(
        "procedure.opinions.date",
        "Ngày tổng hợp ý kiến (5-KNĐ)",
        Kind::FullDate,
    ),
    f("procedure.opinions.organisations", "Ý kiến các đoàn thể", Kind::Rows).columns(&[
        Field::new("name", "Tên đoàn thể", Kind::Text),
        Field::new("date", "Ngày", Kind::FullDate),
        Field::new("asked", "Số người được hỏi", Kind::Number),
        Field::new("agree", "Số tán thành", Kind::Number),
        Field::new("disagree", "Số không tán thành", Kind::Number),
        Field::new("percent", "Tỷ lệ %", Kind::Number),
    ]),
    f(
        "procedure.opinions.residence.date",
        "Ý kiến chi ủy nơi cư trú: Ngày",
        Kind::FullDate,
    ),
    f(
        "procedure.opinions.residence.asked",
        "Ý kiến chi ủy nơi cư trú: Số người được hỏi",
        Kind::Number,
    ),
    f(
        "procedure.opinions.residence.agree",
        "Ý kiến chi ủy nơi cư trú: Số tán thành",
        Kind::Number,
    ),
    f(
        "procedure.opinions.residence.disagree",
        "Ý kiến chi ủy nơi cư trú: Số không tán thành",
        Kind::Number,
    ),
    f(
        "procedure.opinions.residence.percent",
        "Ý kiến chi ủy nơi cư trú: Tỷ lệ %",
        Kind::Number,
    ),
    f(
        "procedure.copies.birth_certificate",
        "Có bản sao giấy khai sinh",
        Kind::Choice,
    )
    .choices(ANSWER),
    f("procedure.copies.diploma", "Có bản sao bằng tốt nghiệp", Kind::Choice).choices(ANSWER),
    f("procedure.considered_at", "Nơi xem xét", Kind::Choice).choices(&[
        choice("school", "nhà trường"),
        choice("residence", "nơi cư trú"),
        choice("secondment_place", "nơi biệt phái"),
    ]),
];

const HOP_XET: &[Field] = &[
    f("procedure.branch_meeting_date", "Ngày chi bộ họp xét", Kind::FullDate),
    f(
        "procedure.branch_vote.official",
        "Chi bộ: Số đảng viên chính thức",
        Kind::Number,
    ),
    f("procedure.branch_vote.agree", "Chi bộ: Số tán thành", Kind::Number),
    f(
        "procedure.branch_vote.form",
        "Chi bộ: Hình thức biểu quyết",
        Kind::Choice,
    )
    .choices(&[choice("secret_ballot", "bỏ phiếu kín"), choice("card", "giơ thẻ")]),
    f(
        "procedure.branch_vote.reported_up.answer",
        "Chi bộ: Đã báo cáo cấp trên",
        Kind::Choice,
    )
    .choices(ANSWER),
    f(
        "procedure.branch_resolution_has",
        "Nội dung nghị quyết đã có",
        Kind::Object,
    )
    .columns(&[
        Field::new(
            "procedure.branch_resolution_has.lylich",
            "Kết luận về lý lịch",
            Kind::Choice,
        )
        .choices(ANSWER),
        Field::new(
            "procedure.branch_resolution_has.awareness",
            "Giác ngộ chính trị",
            Kind::Choice,
        )
        .choices(ANSWER),
        Field::new(
            "procedure.branch_resolution_has.strengths_weaknesses",
            "Ưu, khuyết điểm",
            Kind::Choice,
        )
        .choices(ANSWER),
        Field::new("procedure.branch_resolution_has.ability", "Năng lực", Kind::Choice).choices(ANSWER),
        Field::new(
            "procedure.branch_resolution_has.mass_relations",
            "Quan hệ quần chúng",
            Kind::Choice,
        )
        .choices(ANSWER),
        Field::new("procedure.branch_resolution_has.votes", "Số phiếu", Kind::Choice).choices(ANSWER),
    ]),
    f("procedure.branch_sent_date", "Ngày chi bộ gửi hồ sơ", Kind::FullDate),
    f(
        "procedure.grassroots_meeting_date",
        "Ngày đảng ủy cơ sở họp",
        Kind::FullDate,
    ),
    f(
        "procedure.grassroots_vote.total",
        "Đảng ủy cơ sở: Tổng số ủy viên",
        Kind::Number,
    ),
    f(
        "procedure.grassroots_vote.agree",
        "Đảng ủy cơ sở: Số tán thành",
        Kind::Number,
    ),
    f("procedure.deciding_vote.body", "Cấp quyết định", Kind::Choice).choices(&[
        choice("delegated_grassroots", "đảng ủy cơ sở được ủy quyền"),
        choice("upper_standing", "ban thường vụ cấp trên"),
        choice("provincial_standing", "cấp ủy trực thuộc Trung ương"),
    ]),
    f(
        "procedure.deciding_vote.total",
        "Cấp quyết định: Tổng số ủy viên",
        Kind::Number,
    ),
    f(
        "procedure.deciding_vote.agree",
        "Cấp quyết định: Số tán thành",
        Kind::Number,
    ),
    f(
        "procedure.delegation.members",
        "Số đảng viên của đảng bộ được ủy quyền",
        Kind::Number,
    ),
    f(
        "procedure.delegation.good_years",
        "Số năm liền hoàn thành tốt",
        Kind::Number,
    ),
];

const QUYET_DINH: &[Field] = &[
    f("procedure.extension.answer", "Có gia hạn", Kind::Choice).choices(ANSWER),
    f("procedure.decision_date", "Ngày quyết định kết nạp", Kind::FullDate),
    f(
        "procedure.decision_received_date",
        "Ngày nhận quyết định",
        Kind::FullDate,
    ),
    f("procedure.ceremony_date", "Ngày kết nạp", Kind::FullDate),
    f("procedure.ceremony_place", "Nơi tổ chức lễ", Kind::Choice)
        .choices(&[choice("origin", "nơi đi"), choice("destination", "nơi đến")]),
    f(
        "procedure.late_ceremony_consent_date",
        "Ngày đồng ý tổ chức muộn",
        Kind::FullDate,
    ),
    f("procedure.dropped_date", "Ngày đưa ra khỏi danh sách", Kind::FullDate),
    f("procedure.closed_date", "Ngày kết thúc hồ sơ", Kind::FullDate),
];

const DU_BI: &[Field] = &[
    f(
        "probation.self_review_date",
        "Ngày bản tự kiểm điểm (10-KNĐ)",
        Kind::FullDate,
    ),
    f(
        "probation.helper_review_date",
        "Ngày bản nhận xét (11-KNĐ)",
        Kind::FullDate,
    ),
    f(
        "probation.former_helper_review_date",
        "Ngày bản nhận xét của người giúp đỡ trước",
        Kind::FullDate,
    ),
    f(
        "probation.opinions_date",
        "Ngày tổng hợp ý kiến (12-KNĐ)",
        Kind::FullDate,
    ),
    f(
        "probation.class_certificate_date",
        "Ngày giấy chứng nhận lớp đảng viên mới",
        Kind::FullDate,
    ),
    f(
        "probation.branch_meeting_date",
        "Ngày chi bộ xét công nhận",
        Kind::FullDate,
    ),
    f("probation.decision_date", "Ngày quyết định công nhận", Kind::FullDate),
    f(
        "probation.official_from_date",
        "Ngày công nhận chính thức",
        Kind::FullDate,
    ),
    f("probation.party_age_from", "Tuổi đảng tính từ", Kind::FullDate),
    f(
        "probation.records_created_date",
        "Ngày lập lý lịch đảng viên, phiếu đảng viên",
        Kind::FullDate,
    ),
    f("probation.extension.answer", "Gia hạn (công nhận)", Kind::Choice).choices(ANSWER),
    f(
        "probation.failed_votes",
        "Số lần biểu quyết không đủ tỷ lệ",
        Kind::Number,
    ),
    f("probation.card_number", "Số thẻ đảng viên", Kind::Text),
];

const CHUYEN: &[Field] = &[
    f(
        "transfer.decision_date",
        "Ngày quyết định chuyển đơn vị",
        Kind::FullDate,
    ),
    f(
        "transfer.certificate_date",
        "Ngày giấy chứng nhận đang được giúp đỡ",
        Kind::FullDate,
    ),
    f("transfer.forwarded_date", "Ngày chuyển tiếp hồ sơ", Kind::FullDate),
    f(
        "transfer.dossier_received_date",
        "Ngày nơi đến nhận hồ sơ",
        Kind::FullDate,
    ),
    f(
        "transfer.party_activity_decision_date",
        "Ngày quyết định chuyển sinh hoạt đảng",
        Kind::FullDate,
    ),
    f(
        "transfer.party_activity_done_date",
        "Ngày làm xong thủ tục chuyển sinh hoạt",
        Kind::FullDate,
    ),
    f(
        "transfer.paper_issued_date",
        "Ngày cấp giấy giới thiệu sinh hoạt",
        Kind::FullDate,
    ),
    f(
        "transfer.paper_presented_date",
        "Ngày nộp giấy giới thiệu",
        Kind::FullDate,
    ),
    f("transfer.dossier_sent_up.answer", "Hồ sơ đã gửi cấp trên", Kind::Choice).choices(ANSWER),
    f(
        "transfer.same_committee.answer",
        "Cùng cấp ủy có thẩm quyền",
        Kind::Choice,
    )
    .choices(ANSWER),
];

const TRUONG_HOP_RIENG: &[Field] = &[
    f("contract.kind", "Loại hợp đồng", Kind::Choice).choices(&[
        choice("fixed_term", "có thời hạn"),
        choice("by_school_year", "theo năm học"),
        choice("permanent", "không thời hạn"),
    ]),
    f("contract.months_worked", "Số tháng đã làm liên tục", Kind::Number),
    f("contract.school_years", "Số năm học tại trường", Kind::Number),
    f(
        "contract.summer_activity.answer",
        "Có tham gia hoạt động hè",
        Kind::Choice,
    )
    .choices(ANSWER),
    f("secondment.months", "Số tháng biệt phái", Kind::Number),
    f(
        "secondment.home_comment_date",
        "Ngày nhận xét của nơi cử đi",
        Kind::FullDate,
    ),
    f("study.full_time_months", "Số tháng học tập trung", Kind::Number),
    f(
        "study.home_comment_date",
        "Ngày nhận xét của nơi cư trú",
        Kind::FullDate,
    ),
    f(
        "study.graduation_recognised_date",
        "Ngày công nhận tốt nghiệp",
        Kind::FullDate,
    ),
];
