//! Items 22 to 26: self-assessment, declaration, and what Party bodies write on paper.

use super::super::{Field, Item, Kind, Section};

pub(super) const SELF: Section = Section {
    slug: "tu-nhan-xet",
    title: "Tự nhận xét",
    intro: "Viết bằng lời của bạn, kể việc cụ thể; có cả điều còn hạn chế.",
    items: &[
        Item::new("22", "Tự nhận xét", "25", 14, &[
            Field::new("self_assessment.political_qualities", "Phẩm chất chính trị", Kind::LongText)
                .hint("Kể việc làm cho thấy nhận thức, ý thức của bạn. Tránh câu mẫu chung chung.")
                .example("Tôi tham gia đủ các buổi sinh hoạt của chi đoàn; năm học 2025-2026 tôi kể chuyện về Bác Hồ bằng tiếng Mông trong giờ chào cờ.")
                .must(),
            Field::new("self_assessment.ethics_lifestyle", "Đạo đức, lối sống", Kind::LongText)
                .hint("Bạn sống với gia đình, thầy cô, bạn bè thế nào? Nêu việc cụ thể.")
                .example("Tôi không bỏ học, không uống rượu; cuối tuần về nhà giúp mẹ làm nương và trông em.")
                .must(),
            Field::new("self_assessment.work_capacity", "Năng lực công tác (học tập)", Kind::LongText)
                .hint("Kết quả học tập, công việc được giao và kết quả.")
                .example("Lớp 11 đạt học lực Khá; nhận dạy đọc cho 4 em lớp 6, cuối kỳ các em đọc trôi chảy.")
                .must(),
            Field::new("self_assessment.mass_relations", "Quan hệ quần chúng", Kind::LongText)
                .hint("Bạn với bạn bè, bà con ra sao? Có việc gì mọi người nhờ bạn không?")
                .example("Bạn cùng phòng nội trú thường nhờ tôi hòa giải; bà con bản nhờ tôi đọc giúp giấy tờ.")
                .must(),
            Field::new("self_assessment.weaknesses", "Khuyết điểm", Kind::LongText)
                .hint("Nêu thật điều bạn còn hạn chế và cách khắc phục.")
                .example("Tôi còn rụt rè khi phát biểu; đang tập dẫn chương trình sinh hoạt chi đoàn.")
                .must(),
            Field::new("self_assessment.trust", "Sự tín nhiệm của quần chúng và đảng viên", Kind::LongText)
                .hint("Mọi người nơi bạn học, làm việc tin cậy bạn thế nào? Ví dụ kết quả bầu cán bộ lớp.")
                .example("Tôi được 38 trên 42 bạn bầu làm Bí thư chi đoàn.")
                .must(),
        ]),
    ],
};

pub(super) const DECLARATION: Section = Section {
    slug: "cam-doan",
    title: "Cam đoan",
    intro: "Chép đúng câu cam đoan, ghi nơi và ngày bạn ký vào quyển giấy.",
    items: &[
        Item::new("23", "Cam đoan và ký tên", "25", 6, &[
            Field::new("declaration.text", "Cam đoan", Kind::FixedText)
                .hint("Chép đúng từng chữ câu này vào quyển, không thêm bớt.")
                .example("Tôi cam đoan đã khai đầy đủ, rõ ràng, trung thực và chịu trách nhiệm trước Đảng về những nội dung đã khai trong lý lịch")
                .must()
                .fixed("Tôi cam đoan đã khai đầy đủ, rõ ràng, trung thực và chịu trách nhiệm trước Đảng về những nội dung đã khai trong lý lịch"),
            Field::new("declaration.place", "Nơi khai", Kind::Text)
                .hint("Tên xã, phường nơi bạn viết.")
                .example("Si Pa Phìn")
                .must(),
            Field::new("declaration.date", "Ngày, tháng, năm", Kind::FullDate)
                .hint("Ngày bạn chép xong và ký vào quyển giấy.")
                .example("10-11-2026")
                .must(),
            Field::new("declaration.signer_name", "NGƯỜI KHAI (Ký và ghi rõ họ tên)", Kind::Text)
                .hint("Trên giấy bạn ký tay và ghi rõ họ tên như mục 1.")
                .example("Lò Thị Mẫu")
                .must(),
        ]),
    ],
};

pub(super) const OFFICE: Section = Section {
    slug: "cap-uy-ghi",
    title: "Phần cấp ủy ghi",
    intro: "Mục 24, 25 và 26 do tổ chức đảng ghi trên quyển giấy. Bạn để trống.",
    items: &[
        Item::new("24", "Nhận xét của cấp ủy, tổ chức đảng nơi đến thẩm tra lý lịch của người xin vào Đảng", "26-31", 120, &[
            Field::new("verification_comments", "Nhận xét của cấp ủy, tổ chức đảng nơi đến thẩm tra lý lịch của người xin vào Đảng", Kind::Locked)
                .hint("Phần này tổ chức đảng ghi trên quyển giấy. Bạn để trống."),
        ])
            .note("Stays empty in the software and in the draft.")
            .filled_by("party_committee_of_verification_place"),
        Item::new("25", "Nhận xét của chi ủy hoặc của chi bộ (nơi không có chi ủy)", "32", 10, &[
            Field::new("branch_comment", "Nhận xét của chi ủy hoặc của chi bộ (nơi không có chi ủy)", Kind::Locked)
                .hint("Phần này tổ chức đảng ghi trên quyển giấy. Bạn để trống."),
        ])
            .note("Stays empty in the software and in the draft.")
            .filled_by("branch_secretary"),
        Item::new("26", "Chứng nhận của cấp ủy cơ sở hoặc cấp ủy cấp trên trực tiếp của tổ chức cơ sở đảng (nơi không có đảng ủy cơ sở)", "32", 10, &[
            Field::new("committee_certification", "Chứng nhận của cấp ủy cơ sở hoặc cấp ủy cấp trên trực tiếp của tổ chức cơ sở đảng (nơi không có đảng ủy cơ sở)", Kind::Locked)
                .hint("Phần này tổ chức đảng ghi trên quyển giấy. Bạn để trống."),
        ])
            .note("Stays empty in the software and in the draft.")
            .filled_by("grassroots_committee"),
    ],
};
