//! Other papers to compare the dossier with. Nothing here is printed; `explanations` is kept by the app itself.

use super::super::kind::PAPER_PLACE;
use super::super::{Field, Item, Kind, Section, When};

pub(super) const PAPERS: Section = Section {
    slug: "giay-to",
    title: "Giấy tờ để so",
    intro: "Chép như trên giấy để ứng dụng so giúp bạn. Không chụp, không lưu ảnh giấy tờ.",
    items: &[
        Item::new(
            "",
            "Giấy khai sinh",
            "",
            0,
            &[
                Field::new(
                    "papers.birth_certificate.name",
                    "Họ tên trong giấy khai sinh",
                    Kind::Text,
                )
                .hint("Chép đúng như trên giấy, kể cả khi khác với lý lịch.")
                .must()
                .unprinted(),
                Field::new(
                    "papers.birth_certificate.birth_date",
                    "Ngày sinh trong giấy khai sinh",
                    Kind::FullDate,
                )
                .hint("Chép đúng như trên giấy, kể cả khi khác với lý lịch.")
                .must()
                .unprinted(),
                Field::new(
                    "papers.birth_certificate.registration_place",
                    "Nơi đăng ký trong giấy khai sinh",
                    Kind::Place,
                )
                .hint("Chép đúng như trên giấy, kể cả khi khác với lý lịch.")
                .must()
                .unprinted()
                .parts(PAPER_PLACE),
                Field::new(
                    "papers.birth_certificate.ancestral_home",
                    "Quê quán trong giấy khai sinh (có thể để trống)",
                    Kind::Place,
                )
                .hint("Chép đúng như trên giấy, kể cả khi khác với lý lịch.")
                .must()
                .unprinted()
                .parts(PAPER_PLACE),
            ],
        ),
        Item::new(
            "",
            "Thẻ căn cước",
            "",
            0,
            &[
                Field::new("papers.id_card.number", "Số trên thẻ căn cước", Kind::Text)
                    .hint("Quét mã QR hoặc gõ tay; không lưu ảnh, không lưu chuỗi QR.")
                    .if_held("if the card is at hand")
                    .unprinted(),
                Field::new("papers.id_card.name", "Họ tên trên thẻ", Kind::Text)
                    .hint("Quét mã QR hoặc gõ tay; không lưu ảnh, không lưu chuỗi QR.")
                    .if_held("if the card is at hand")
                    .unprinted(),
                Field::new("papers.id_card.birth_date", "Ngày sinh trên thẻ", Kind::FullDate)
                    .hint("Quét mã QR hoặc gõ tay; không lưu ảnh, không lưu chuỗi QR.")
                    .if_held("if the card is at hand")
                    .unprinted(),
                Field::new("papers.id_card.gender", "Giới tính trên thẻ", Kind::Text)
                    .hint("Quét mã QR hoặc gõ tay; không lưu ảnh, không lưu chuỗi QR.")
                    .if_held("if the card is at hand")
                    .unprinted(),
            ],
        ),
        Item::new(
            "",
            "Đơn xin vào Đảng",
            "",
            0,
            &[
                Field::new("papers.application.name", "Họ tên trong đơn", Kind::Text)
                    .hint("Dùng để so đơn với lý lịch; riêng ngày được xét là cảm tình Đảng thì hỏi chi bộ.")
                    .if_held("if the application is drafted in the app")
                    .unprinted(),
                Field::new("papers.application.birth_date", "Ngày sinh trong đơn", Kind::FullDate)
                    .hint("Dùng để so đơn với lý lịch; riêng ngày được xét là cảm tình Đảng thì hỏi chi bộ.")
                    .if_held("if the application is drafted in the app")
                    .unprinted(),
                Field::new("papers.application.ancestral_home", "Quê quán trong đơn", Kind::Place)
                    .hint("Dùng để so đơn với lý lịch; riêng ngày được xét là cảm tình Đảng thì hỏi chi bộ.")
                    .if_held("if the application is drafted in the app")
                    .unprinted()
                    .parts(PAPER_PLACE),
                Field::new("papers.application.ethnicity", "Dân tộc trong đơn", Kind::Text)
                    .hint("Dùng để so đơn với lý lịch; riêng ngày được xét là cảm tình Đảng thì hỏi chi bộ.")
                    .if_held("if the application is drafted in the app")
                    .unprinted(),
                Field::new("papers.application.religion", "Tôn giáo trong đơn", Kind::Text)
                    .hint("Dùng để so đơn với lý lịch; riêng ngày được xét là cảm tình Đảng thì hỏi chi bộ.")
                    .if_held("if the application is drafted in the app")
                    .unprinted(),
                Field::new("papers.application.residence", "Nơi cư trú trong đơn", Kind::Place)
                    .hint("Dùng để so đơn với lý lịch; riêng ngày được xét là cảm tình Đảng thì hỏi chi bộ.")
                    .if_held("if the application is drafted in the app")
                    .unprinted()
                    .parts(PAPER_PLACE),
                Field::new("papers.application.occupation", "Nghề nghiệp trong đơn", Kind::Text)
                    .hint("Dùng để so đơn với lý lịch; riêng ngày được xét là cảm tình Đảng thì hỏi chi bộ.")
                    .if_held("if the application is drafted in the app")
                    .unprinted(),
                Field::new(
                    "papers.application.youth_union_date",
                    "Ngày vào Đoàn trong đơn",
                    Kind::FullDate,
                )
                .hint("Dùng để so đơn với lý lịch; riêng ngày được xét là cảm tình Đảng thì hỏi chi bộ.")
                .if_held("if the application is drafted in the app")
                .unprinted(),
                Field::new(
                    "papers.application.listed_date",
                    "Ngày được xét là cảm tình Đảng",
                    Kind::FullDate,
                )
                .hint("Dùng để so đơn với lý lịch; riêng ngày được xét là cảm tình Đảng thì hỏi chi bộ.")
                .if_held("if the application is drafted in the app")
                .unprinted(),
                Field::new("papers.application.text", "Phần tự viết của đơn", Kind::Text)
                    .hint("Dùng để so đơn với lý lịch; riêng ngày được xét là cảm tình Đảng thì hỏi chi bộ.")
                    .if_held("if the application is drafted in the app")
                    .unprinted(),
            ],
        ),
        Item::new(
            "",
            "Ghi chú gửi chi bộ",
            "",
            0,
            &[Field::new("explanations", "Ghi chú gửi chi bộ", Kind::Rows)
                .hint("Khi một nhắc nhở không sửa được, bạn viết một câu giải thích cho chi bộ.")
                .if_held("when a finding is answered by a note")
                .ask(When::Never)
                .unprinted()
                .columns(&[
                    Field::new("rule", "Mã nhắc nhở", Kind::Text),
                    Field::new("where", "Ở mục", Kind::Text),
                    Field::new("text", "Lời giải thích", Kind::LongText),
                    Field::new("date", "Ngày", Kind::FullDate),
                ])],
        ),
    ],
};
