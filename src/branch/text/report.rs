//! What the pages of reports, drafts and the library say.

pub const TITLE: &str = "Báo cáo";
pub const LEAD: &str = "Máy đếm trên máy này từ các ngày chi bộ đã ghi. Chỉ con số rời khỏi máy, không có họ tên.";
pub const PERIOD: &str = "Kỳ báo cáo";
pub const THIS_SCHOOL_YEAR: &str = "Năm học này";
pub const LAST_SCHOOL_YEAR: &str = "Năm học trước";
pub const THIS_YEAR: &str = "Năm nay (1-1 đến 31-12)";
pub const LAST_YEAR: &str = "Năm trước";
pub const HALF_YEAR: &str = "Sáu tháng này";
pub const OTHER: &str = "Từ ngày đến ngày";
pub const FROM: &str = "Từ ngày";
pub const TO: &str = "Đến hết ngày";
pub const LAYOUT: &str = "Mẫu báo cáo";
pub const SCHOOL: &str = "Báo cáo của trường";
pub const CENTRAL: &str = "Theo bố cục Biểu số 2-BTCTW cũ";
pub const OWN: &str = "Mẫu do đơn vị sửa";
pub const OUTSIDE: &str = "Gửi ra ngoài Đảng: che những số dưới 3";
pub const OUTSIDE_MEANS: &str = "“<3”: có từ một đến hai; “từ N”: ít nhất N; “•”: che để không suy ra được số đã che.";
pub const NO_PERIOD: &str = "Hãy ghi đủ hai ngày, ngày đầu trước ngày cuối.";
pub const TYPED: &str = "Số đơn vị tự ghi";
pub const TYPED_LEAD: &str = "Chỉ tiêu và lý do chậm do đơn vị ghi; máy không tự đặt.";
pub const SAVE_TYPED: &str = "Ghi các số này";
pub const TARGET: &str = "Chỉ tiêu được giao";
pub const TARGET_MORE: &str = "Chỉ tiêu bổ sung";
pub const TARGET_UNION: &str = "Bổ sung qua công đoàn";
pub const TARGET_YOUTH: &str = "Bổ sung qua Đoàn";
pub const DELAY: &str = "Lý do chậm";
pub const PRINT: &str = "In";
pub const GAPS: &str = "Còn thiếu để đếm cho đủ";
pub const EDIT: &str = "Sửa mẫu báo cáo";
pub const EDIT_LEAD: &str = "Mỗi dòng một mục: tên dòng = số cần đếm. Dòng nào máy không hiểu thì nêu ngay dưới đây.";
pub const EDIT_LABEL: &str = "Mẫu, dạng chữ";
pub const EDIT_SAVE: &str = "Ghi mẫu";
pub const EDIT_BAD: &str = "Dòng chưa hiểu";
pub const CHART: &str = "Từ nguồn đến kết nạp";

pub const DRAFT_3: &str = "Soạn 3-KNĐ từ nhận xét";
pub const DRAFT_11: &str = "Soạn 11-KNĐ từ nhận xét";
pub const DRAFT_LEAD: &str = "Máy chỉ xếp các việc bạn đã ghi, kèm ngày, dưới từng mục. Bỏ chọn việc không dùng; mục còn trống thì bạn ghi thêm bằng lời của mình rồi chép tay.";
pub const DRAFT_BY_HAND: &str = "Phần này bạn tự ghi trên giấy.";

pub const LIBRARY: &str = "Thư viện văn bản";
pub const LIBRARY_LEAD: &str =
    "Số, ngày và nói về việc gì, bằng lời của ứng dụng. Cần nguyên văn thì hỏi văn phòng đảng ủy.";
pub const LIBRARY_SEARCH: &str = "Tìm theo số hoặc từ";
pub const LIBRARY_PROVINCE: &str = "Tỉnh";
pub const LIBRARY_ALL: &str = "Tất cả";
pub const LIBRARY_OWN: &str = "Ghi quy ước, văn bản của chi bộ";
pub const LIBRARY_LOCAL: &str = "Quy ước của địa phương";
pub const LIBRARY_UNTIL: &str = "hết hiệu lực";

pub fn found(count: usize) -> String {
    format!("{count} văn bản")
}
