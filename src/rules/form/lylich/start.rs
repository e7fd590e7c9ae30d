//! General questions that are not printed: they decide what else is asked.

use super::super::{ANSWER, Field, Item, Kind, Section, When, same};
use super::lists::{FORM_VERSION, PROFILE_GROUP, PROFILE_MARITAL_STATUS};

const MARRIED: When = When::Is("profile.marital_status", "married");
const SPECIAL_AREA: When = When::Is("profile.special_area.answer", "có");

pub(super) const START: Section = Section {
    slug: "bat-dau",
    title: "Bắt đầu",
    intro: "Vài câu hỏi chung để ứng dụng hỏi đúng phần của bạn. Những câu này không in vào lý lịch.",
    items: &[
        Item::new("", "Mẫu và nhóm", "", 0, &[
            Field::new("form.version", "Mẫu đang dùng", Kind::Choice)
                .hint("Chọn theo quyển bạn được phát.")
                .must()
                .unprinted()
                .choices(FORM_VERSION),
            Field::new("profile.group", "Bạn là", Kind::Choice)
                .hint("Chọn một nhóm; ứng dụng dùng để hiện câu hỏi phù hợp.")
                .must()
                .unprinted()
                .choices(PROFILE_GROUP)
        ]),
        Item::new("", "Gia đình", "", 0, &[
            Field::new("profile.marital_status", "Tình trạng hôn nhân", Kind::Choice)
                .hint("Dùng để hiện đúng danh sách người thân cần khai.")
                .must()
                .unprinted()
                .choices(PROFILE_MARITAL_STATUS),
            Field::new("profile.marriage_year", "Năm kết hôn", Kind::PartialDate)
                .hint("Chỉ cần năm.")
                .only(When::Any(&[MARRIED, When::Is("profile.marital_status", "divorced"), When::Is("profile.marital_status", "widowed")]), "if married, divorced or widowed")
                .unprinted(),
            Field::new("profile.parents_known", "Có biết rõ cha, mẹ đẻ không", Kind::Choice)
                .hint("Nếu không, bạn khai người nuôi dưỡng trực tiếp từ nhỏ.")
                .must()
                .unprinted()
                .choices(ANSWER),
            Field::new("profile.spouse_parents_known", "Có biết rõ cha, mẹ của vợ (chồng) không", Kind::Choice)
                .hint("Nếu không, báo chi bộ để được hướng dẫn.")
                .only(MARRIED, "if married")
                .unprinted()
                .choices(ANSWER),
            Field::new("profile.siblings_answer", "Có anh, chị, em ruột không", Kind::Choice)
                .hint("Tính cả người đã mất, người ở xa.")
                .must()
                .unprinted()
                .choices(ANSWER),
            Field::new("profile.children_answer", "Có con đẻ, con nuôi hợp pháp không", Kind::Choice)
                .hint("Con nuôi là con có đăng ký nhận nuôi.")
                .must()
                .unprinted()
                .choices(ANSWER),
            Field::new("profile.spouse_siblings_answer", "Vợ (chồng) có anh, chị, em ruột không", Kind::Choice)
                .hint("Tính cả người đã mất, người ở xa.")
                .only(MARRIED, "if married")
                .unprinted()
                .choices(ANSWER),
            Field::new("profile.relatives_abroad_answer", "Trong những người thân phải khai có ai ở nước ngoài hoặc có quốc tịch nước ngoài không", Kind::Choice)
                .hint("Khai ra để chi bộ biết và hướng dẫn bạn.")
                .must()
                .unprinted()
                .choices(ANSWER),
            Field::new("profile.foreign_origin.answer", "Cha hoặc mẹ là người nước ngoài", Kind::Choice)
                .hint("Nếu có, mục 8 sẽ hỏi thêm.")
                .must()
                .unprinted()
                .choices(ANSWER),
            Field::new("profile.born_abroad.answer", "Sinh, đăng ký khai sinh ở nước ngoài", Kind::Choice)
                .hint("Dùng để kiểm tra số căn cước.")
                .must()
                .unprinted()
                .choices(ANSWER),
            Field::new("profile.naming_custom.answer", "Họ tên theo phong tục không theo họ cha hoặc mẹ", Kind::Choice)
                .hint("Một số dân tộc đặt tên khác; chọn “có” để không nhắc nữa.")
                .must()
                .unprinted()
                .choices(ANSWER)
        ]),
        Item::new("", "Nơi ở, học tập, công tác", "", 0, &[
            Field::new("profile.special_area.answer", "Nơi ở thuộc miền núi, biên giới, hải đảo, vùng dân tộc thiểu số hoặc đặc biệt khó khăn theo văn bản công nhận", Kind::Choice)
                .hint("Hỏi ủy ban xã số văn bản công nhận. Ứng dụng không tự đoán.")
                .must()
                .unprinted()
                .choices(ANSWER),
            Field::new("profile.special_area.kind", "Loại vùng", Kind::Choice)
                .hint("Chọn theo văn bản công nhận.")
                .only(SPECIAL_AREA, "if special_area is có")
                .unprinted()
                .choices(&[same("miền núi"), same("xã biên giới"), same("hải đảo"), same("vùng dân tộc thiểu số"), same("vùng đặc biệt khó khăn")
            ]),
            Field::new("profile.special_area.decision_no", "Số, ngày văn bản công nhận vùng", Kind::Text)
                .hint("Hỏi ủy ban xã; chưa có thì ghi “đang hỏi”.")
                .only(SPECIAL_AREA, "if special_area is có")
                .unprinted(),
            Field::new("profile.special_area.reason", "Lý do chưa học tiếp", Kind::Text)
                .hint("Kể ngắn, đúng sự thật.")
                .only(When::Any(&[When::Is("education.certificate_held", "none"), When::Is("education.certificate_held", "literate"), When::Is("education.certificate_held", "primary")]), "if certificate_held is primary or lower")
                .unprinted(),
            Field::new("profile.reputable_person.answer", "Là già làng, trưởng bản, người có uy tín", Kind::Choice)
                .hint("Theo danh sách được công nhận.")
                .only(When::Is("education.certificate_held", "literate"), "if certificate_held==\"literate\"")
                .unprinted()
                .choices(ANSWER),
            Field::new("profile.trade_union_member.answer", "Là đoàn viên công đoàn", Kind::Choice)
                .hint("Dành cho giáo viên, nhân viên.")
                .only(When::All(&[When::Filled("profile.group"), When::Not("profile.group", "pupil")]), "if not pupil")
                .unprinted()
                .choices(ANSWER),
            Field::new("profile.private_business_owner.answer", "Là chủ doanh nghiệp tư nhân", Kind::Choice)
                .hint("Hầu hết chọn “không”.")
                .only(When::All(&[When::Filled("profile.group"), When::Not("profile.group", "pupil")]), "if not pupil")
                .unprinted()
                .choices(ANSWER),
            Field::new("profile.organisations", "Các đoàn thể đang sinh hoạt", Kind::ListText)
                .hint("Ví dụ: Đoàn trường, Công đoàn trường.")
                .must()
                .unprinted(),
            Field::new("profile.school_results", "Kết quả học tập từng năm", Kind::Rows)
                .hint("Theo học bạ; dùng cho nơi có quy định riêng.")
                .if_held("if the province table asks")
                .ask(When::Never)
                .unprinted()
                .columns(&[Field::new("year", "Năm học, lớp", Kind::Text), Field::new("academic", "Kết quả học tập", Kind::Text), Field::new("conduct", "Rèn luyện", Kind::Text)
            ]),
            Field::new("profile.staff_ratings", "Xếp loại từng năm", Kind::Rows)
                .hint("Theo thông báo xếp loại; dùng cho nơi có quy định riêng.")
                .if_held("if the province table asks")
                .ask(When::Never)
                .unprinted()
                .columns(&[Field::new("year", "Năm", Kind::Text), Field::new("rating", "Xếp loại", Kind::Text)
            ]),
        ]),
    ],
};
