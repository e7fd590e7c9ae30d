//! Cover and items 1 to 10: who the person is and where from.

use super::super::{Field, Item, Kind, Section, When, same};
use super::lists::{ANCESTRAL_HOME_SOURCE, ETHNICITIES, RELIGIONS};

pub(super) const NAME: Section = Section {
    slug: "ten-ngay-sinh",
    title: "Họ tên, ngày sinh, giới tính",
    intro: "Chép theo giấy khai sinh. Bạn nên để giấy khai sinh và thẻ căn cước bên cạnh.",
    items: &[
        Item::new("cover", "(bìa) Lý lịch của người xin vào Đảng", "0", 5, &[
            Field::new("cover.usual_name", "Họ và tên thường dùng", Kind::Text)
                .hint("Tên mọi người vẫn gọi bạn hằng ngày. Nếu giống tên khai sinh thì ghi lại đúng tên ấy.")
                .example("Lò Thị Mẫu"),
            Field::new("cover.dossier_number", "Số lý lịch", Kind::Locked)
                .hint("Ô này tổ chức đảng ghi sau. Bạn để trống nhé."),
            Field::new("photo", "Ảnh 3 x 4", Kind::PaperOnly)
                .hint("Ảnh dán trên quyển giấy, ứng dụng không giữ ảnh. Hãy chuẩn bị ảnh chân dung mới chụp.")
                .must()])
            .note("Cover lines: Họ và tên khai sinh, Họ và tên thường dùng, Ngày sinh (derived from items 1 to 3) and Số lý lịch. Some local prints add Quê quán."),
        Item::new("1", "Họ và tên khai sinh", "1", 1, &[
            Field::new("birth_name", "Họ và tên khai sinh", Kind::UpperText)
                .hint("Chép đúng họ, chữ đệm và tên trong giấy khai sinh, viết IN HOA. Ứng dụng tự đổi sang chữ hoa giúp bạn.")
                .example("LÒ THỊ MẪU")
                .must()
        ]),
        Item::new("2", "Các tên gọi khác", "1", 1, &[
            Field::new("other_names", "Các tên gọi khác", Kind::ListText)
                .hint("Tên ở nhà, bí danh, tên thánh hay tên dân tộc khác, nếu có. Viết chữ thường, không viết toàn chữ hoa.")
                .example("Lò Thị Mẩy")
        ]),
        Item::new("3", "Sinh ngày ... tháng ... năm ...", "1", 1, &[
            Field::new("birth_date", "Sinh ngày ... tháng ... năm ...", Kind::FullDate)
                .hint("Ngày, tháng, năm sinh như trong giấy khai sinh. Nếu căn cước ghi khác thì báo cho chi bộ.")
                .example("15-3-2008")
                .must(),
            Field::new("id_number", "Số căn cước", Kind::Text)
                .hint("Đủ 12 số trên thẻ căn cước, giữ cả số 0 ở đầu. Bạn có thể quét mã QR, ứng dụng không lưu ảnh thẻ.")
                .example("011308000000")
                .if_held("if the booklet prints the box")
                .local()])
            .note("Local prints show a box Số căn cước beside it."),
        Item::new("4", "Giới tính (nam, nữ)", "1", 1, &[
            Field::new("gender", "Giới tính (nam, nữ)", Kind::Choice)
                .hint("Chọn nam hoặc nữ như giấy khai sinh.")
                .example("nữ")
                .must()
                .choices(&[same("nam"), same("nữ")
            ]),
        ]),
    ],
};

pub(super) const HOME: Section = Section {
    slug: "que-quan-noi-o",
    title: "Quê quán, nơi ở",
    intro: "Ghi tên xã, tỉnh hiện nay; tên cũ ghi ở phần chú thích. Từ tháng 7-2025 không còn cấp huyện.",
    items: &[
        Item::new("5", "Nơi đăng ký khai sinh", "1", 2, &[
            Field::new("birth_registration_place", "Nơi đăng ký khai sinh", Kind::PlaceWithOldName)
                .hint("Nơi cấp giấy khai sinh, không phải bệnh viện. Ghi tên xã, tỉnh hiện nay rồi chú thích tên cũ.")
                .example("Xã Si Pa Phìn, tỉnh Điện Biên (trước đây là xã Phìn Hồ, huyện Nậm Pồ, tỉnh Điện Biên)")
                .must()
        ]),
        Item::new("6", "Quê quán", "1", 2, &[
            Field::new("ancestral_home", "Quê quán", Kind::PlaceWithOldName)
                .hint("Chép theo giấy khai sinh, cách viết như mục 5. Nếu không biết cha mẹ đẻ thì theo người nuôi bạn từ nhỏ.")
                .example("Xã Thanh Yên, tỉnh Điện Biên (trước đây là xã Noong Luống, huyện Điện Biên, tỉnh Điện Biên)")
                .must(),
            Field::new("ancestral_home_source", "Quê quán lấy từ giấy tờ nào", Kind::Choice)
                .hint("Chọn giấy bạn đã nhìn khi ghi quê quán. Mục này không in ra.")
                .example("giấy khai sinh")
                .only(When::Filled("ancestral_home"), "when item 6 is filled")
                .unprinted()
                .choices(ANCESTRAL_HOME_SOURCE)
        ]),
        Item::new("7", "Nơi cư trú", "1", 3, &[
            Field::new("permanent_residence", "Nơi thường trú", Kind::Place)
                .hint("Ghi thôn, bản (hoặc số nhà, đường), xã/phường và tỉnh theo đăng ký thường trú. Không ghi huyện nữa.")
                .example("Bản Đề Bua, xã Si Pa Phìn, tỉnh Điện Biên")
                .if_held("if there is a registered permanent residence"),
            Field::new("temporary_residence", "Nơi tạm trú", Kind::Place)
                .hint("Ghi khi bạn chưa có nơi thường trú. Nếu bạn ở nội trú, hãy hỏi chi bộ có cần ghi không.")
                .must_if(When::Blank("permanent_residence"), "if there is no permanent residence"),
        ]),
    ],
};

pub(super) const PEOPLE: Section = Section {
    slug: "dan-toc-ton-giao",
    title: "Dân tộc, tôn giáo, nghề nghiệp",
    intro: "Ghi như trong giấy tờ của bạn. Mục tôn giáo không để trống.",
    items: &[
        Item::new("8", "Dân tộc", "1", 1, &[
            Field::new("ethnicity", "Dân tộc", Kind::Choice)
                .hint("Chọn dân tộc của bạn trong danh sách 54 dân tộc. Gõ tên gọi quen thuộc, ứng dụng sẽ gợi ý.")
                .example("Thái")
                .must()
                .choices(ETHNICITIES)
                .source("formats.json ethnicities"),
            Field::new("nationality", "Quốc tịch", Kind::Text)
                .hint("Thường là Việt Nam. Chỉ ghi khi quyển in có ô này.")
                .example("Việt Nam")
                .if_held("if the booklet prints the box")
                .local(),
            Field::new("ethnicity_foreign_parent", "Quốc tịch, dân tộc của cha (mẹ) là người nước ngoài", Kind::Text)
                .hint("Chỉ ghi khi cha hoặc mẹ bạn là người nước ngoài.")
                .only(When::Is("profile.foreign_origin.answer", "có"), "if profile.foreign_origin.answer==\"có\"")])
            .note("Local prints show a box Quốc tịch beside it."),
        Item::new("9", "Tôn giáo", "1", 1, &[
            Field::new("religion", "Tôn giáo", Kind::ChoiceOrText)
                .hint("Theo tôn giáo nào thì ghi tên, không theo thì ghi chữ “không”. Đừng để trống.")
                .example("không")
                .must()
                .choices(RELIGIONS)
                .source("formats.json religions"),
            Field::new("religion_role", "Chức sắc trong tôn giáo", Kind::Text)
                .hint("Ghi chức sắc, chức việc nếu có.")
                .if_held("if religion is a religion and an office is held")
                .ask(When::All(&[When::Filled("religion"), When::Not("religion", "không")]))
        ]),
        Item::new("10", "Nghề nghiệp hiện nay", "1", 1, &[
            Field::new("occupation", "Nghề nghiệp hiện nay", Kind::Text)
                .hint("Việc chính bạn đang làm theo hợp đồng, quyết định. Học sinh ghi “học sinh”, chưa đi làm ghi “chưa có việc làm”.")
                .example("học sinh")
                .must(),
        ]),
    ],
};
