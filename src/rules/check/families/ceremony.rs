//! The ceremony of admission: guidance shown at the step, nothing to compute.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("CER-01", Explain, Info, "Kết nạp từng người một", "Lễ kết nạp tiến hành với từng người một, kể cả khi cùng buổi có nhiều người.")
        .step("branch S13")
        .since(on(2016, 9, 20))
        .by("procedure.decision_date")
        .cited("H16 3.8; H21 3.8; H25 3.8a; H26")
        .reads("procedure.ceremony_date")
        .nothing("cách tiến hành buổi lễ, không có số liệu để tính"),
    Rule::new("CER-02", Style, Info, "Chương trình lễ kết nạp", "Chương trình: chào cờ, tuyên bố lý do, đọc quyết định, đảng viên mới tuyên thệ, nói rõ nhiệm vụ và phân công người giúp đỡ, cấp trên phát biểu (nếu có), bế mạc.")
        .step("branch S13")
        .since(on(2016, 9, 20))
        .by("procedure.decision_date")
        .cited("H16 3.8; H21 3.8; H25 3.8c; H26")
        .reads("procedure.ceremony_date")
        .nothing("chương trình buổi lễ, không có số liệu để tính"),
    Rule::new("CER-03", Style, Info, "Không có mẫu lời tuyên thệ chính thức", "Chưa thấy văn bản trung ương quy định mẫu lời tuyên thệ; ứng dụng không cung cấp mẫu.")
        .step("branch S13")
        .by("procedure.decision_date")
        .seen(Seen::Secondary)
        .reads("procedure.ceremony_date")
        .nothing("chưa thấy văn bản nào quy định lời tuyên thệ để đối chiếu"),
    Rule::new("CER-04", Style, Info, "Trang trí lễ kết nạp", "Trang trí lễ kết nạp theo hướng dẫn (khẩu hiệu, cờ, ảnh, tiêu đề “Lễ kết nạp đảng viên”).")
        .step("branch S13")
        .since(on(2016, 9, 20))
        .by("procedure.decision_date")
        .cited("H16 3.8; H21 3.8; H25 3.8b; H26")
        .reads("procedure.ceremony_date")
        .nothing("cách trang trí buổi lễ, không có số liệu để tính"),
];
