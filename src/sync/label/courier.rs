//! What may be said of courier files: a pure function of the stored rows, like the status line (sync protocol §11 and §15.3).
//!
//! Invariant: "có thư trả lời" is said of one's own parcel only when a believed answer to each of its letters is stored, and of a carried
//! one only when an answer for its owner is.

use crate::client::{CarryFault, Load, Packed};
use crate::container::FileFault;

/// How one's own parcel stands.
pub fn packed(packed: &Packed) -> String {
    let number = packed.number;
    if packed.is_home() {
        format!("Gói số {number}: thư trả lời đã về.")
    } else {
        format!("Đã đóng gói số {number}, chờ thư trả lời.")
    }
}

/// What a device carries; nothing when it carries nothing.
pub fn carried(loads: &[Load]) -> Option<String> {
    match loads.len() {
        0 => None,
        many => Some(format!("Đang mang {many} gói cho người khác.")),
    }
}

/// How a carried parcel stands.
pub fn load(load: &Load) -> &'static str {
    match (load.home().is_some(), load.is_spoiled()) {
        (true, false) if load.next().is_none() => "Đã chuyển, có thư trả lời: đưa lại cho chủ gói.",
        (true, false) => "Đã chuyển một phần; phần còn lại chờ mạng.",
        (true, true) => "Đã chuyển, nhưng gói hỏng một phần: đưa thư trả lời cho chủ gói và xin gói mới.",
        (false, true) => "Gói hỏng, xin gói mới.",
        (false, false) => "Chờ mạng để chuyển.",
    }
}

/// Why a file was not taken in.
pub fn refused(fault: CarryFault) -> &'static str {
    match fault {
        CarryFault::File(FileFault::Foreign) => "Tệp này không phải gói của Lý Lịch. Bạn chọn tệp khác nhé.",
        CarryFault::File(FileFault::Damaged) => "Tệp này bị hỏng hoặc thiếu một phần. Bạn xin chủ gói đưa lại nhé.",
        CarryFault::File(FileFault::Newer) => "Gói này do bản ứng dụng mới hơn làm. Bạn cập nhật ứng dụng rồi mở lại.",
        CarryFault::File(FileFault::OtherType) => "Tệp này của Lý Lịch, nhưng không phải gói gửi nhờ.",
        CarryFault::OtherBranch => "Gói này của nơi khác.",
        CarryFault::Back => "Gói này của máy khác.",
        CarryFault::Held => "Đã có gói này.",
        CarryFault::Own => "Gói này do chính máy này đóng; bạn đưa cho người đi có mạng nhé.",
        CarryFault::Full => "Máy này đang mang đủ gói rồi. Khi có mạng, máy chuyển bớt rồi nhận thêm được.",
        CarryFault::NoCarrier => "Chỉ máy của chi ủy hoặc đảng viên giúp đỡ đã được xác nhận mới mang gói giúp được.",
    }
}
