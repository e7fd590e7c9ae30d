//! Item 11: schooling, certificates, languages.

use super::super::{Field, Item, Kind, Section, When, choice, same};
use super::lists::{EDUCATION_CERTIFICATE_HELD, EDUCATION_CERTIFICATE_PAPER};

pub(super) const EDUCATION: Section = Section {
    slug: "trinh-do",
    title: "Trình độ hiện nay",
    intro: "Ghi theo bằng, chứng chỉ đã được cấp. Chưa có thì để trống.",
    items: &[
        Item::new("11", "Trình độ hiện nay", "1", 9, &[
            Field::new("education.general", "Giáo dục phổ thông", Kind::Text)
                .hint("Ghi đã học xong lớp mấy hoặc đã tốt nghiệp hệ nào. Ví dụ 11/12 phổ thông.")
                .example("11/12 phổ thông")
                .must(),
            Field::new("education.certificate_held", "Bậc học đã hoàn thành", Kind::Choice)
                .hint("Chọn bậc cao nhất bạn đã học xong và có giấy tờ. Mục này không in ra.")
                .example("lower_secondary")
                .must()
                .unprinted()
                .choices(EDUCATION_CERTIFICATE_HELD),
            Field::new("education.certificate_paper", "Giấy tờ của bậc học đó", Kind::Choice)
                .hint("Bạn có bằng, giấy xác nhận hay chưa có giấy? Mục này không in ra.")
                .example("diploma")
                .only(When::Any(&[When::Is("education.certificate_held", "lower_secondary"), When::Is("education.certificate_held", "upper_secondary")]), "when certificate_held is lower_secondary or above")
                .unprinted()
                .choices(EDUCATION_CERTIFICATE_PAPER),
            Field::new("education.professional", "Chuyên môn, nghiệp vụ", Kind::Text)
                .hint("Ghi theo bằng hoặc chứng chỉ nghề đã được cấp. Chưa có thì để trống.")
                .example("Cử nhân sư phạm Toán")
                .if_held("if held"),
            Field::new("education.science_technology", "Khoa học công nghệ", Kind::Text)
                .hint("Văn bằng, chứng chỉ về công nghệ, đổi mới sáng tạo, chuyển đổi số. Chưa có thì để trống.")
                .if_held("if held"),
            Field::new("education.highest_degree", "Học vị cao nhất", Kind::Text)
                .hint("Cử nhân, kỹ sư, thạc sĩ, tiến sĩ kèm chuyên ngành. Chưa có thì để trống.")
                .if_held("if held"),
            Field::new("education.academic_title", "Học hàm cao nhất", Kind::Choice)
                .hint("Giáo sư hoặc Phó Giáo sư nếu được phong. Phần lớn mọi người để trống.")
                .if_held("if held")
                .choices(&[choice("", "không có"), same("Giáo sư"), same("Phó Giáo sư")
            ]),
            Field::new("education.political_theory", "Lý luận chính trị", Kind::ChoiceOrText)
                .hint("Sơ cấp, trung cấp, cao cấp, cử nhân khi đã có bằng; ghi thêm tập trung hay không. Đang học thì chưa ghi.")
                .if_held("if the certificate is issued")
                .choices(&[choice("", "không có"), same("sơ cấp"), same("trung cấp"), same("cao cấp"), same("cử nhân")
            ]),
            Field::new("education.foreign_languages", "Ngoại ngữ", Kind::ListText)
                .hint("Ghi theo chứng chỉ: ví dụ tiếng Anh B1, IELTS 5.5. Chưa có chứng chỉ thì để trống.")
                .example("Tiếng Anh A2")
                .if_held("if held"),
            Field::new("education.computing", "Tin học", Kind::Text)
                .hint("Trình độ cao nhất theo chứng chỉ đã được cấp.")
                .example("Ứng dụng công nghệ thông tin cơ bản")
                .if_held("if held"),
            Field::new("education.minority_languages", "Tiếng dân tộc thiểu số", Kind::ListText)
                .hint("Tiếng dân tộc bạn nói thành thạo hoặc có chứng chỉ. Đây là điểm mạnh của bạn, đừng quên.")
                .example("Tiếng Thái; tiếng Mông")
                .if_held("if spoken or certified; prompted when ethnicity is not Kinh"),
        ]),
    ],
};
