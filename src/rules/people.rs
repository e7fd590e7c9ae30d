//! Lists of the State: the 54 peoples with their other names, religions, provinces of the personal number.
//!
//! Names are folded ([`crate::text::fold`]), sorted, and stand in one text each: a table of texts would cost a phone more bytes. A name outside a list is only asked about, never refused: lists change, and papers differ.

use crate::text::fold;

/// Code (1 to 54) of a people by its name or another name, however it is spelt; `None` when the list does not have it.
/// Source: list of 1979 (121-TCTK/PPCĐ); other names partly recalled.
pub fn ethnicity_code(name: &str) -> Option<u8> {
    find(PEOPLES, name)
}

/// Code of a religion by its name or another name. Source: list of 2008 (1019/QĐ-TCTK).
pub fn religion_code(name: &str) -> Option<u8> {
    find(RELIGIONS, name)
}

/// Looks a name up in lines `code name`, sorted by name. Names of three bytes and more are told apart by halving the text.
fn find(list: &str, name: &str) -> Option<u8> {
    let key = fold(name);
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let part = list.as_bytes().get(low..high)?;
        // the line in whose midst the middle lies
        let (before, after) = part.split_at(part.len() / 2);
        let start = low + before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let end = low + before.len() + after.iter().position(|b| *b == b'\n').unwrap_or(after.len());
        let line = list.get(start..end)?;
        let (code, own) = line.split_at(line.bytes().position(|b| b == b' ')?);
        match own.get(1..)?.cmp(key.as_str()) {
            std::cmp::Ordering::Equal => return u8::try_from(crate::text::whole(code)).ok(),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

/// First three digits of a personal number: the 63 provinces before July 2025. Numbers did not change with the mergers.
pub const PROVINCE_CODES: [u8; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45,
    46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92,
    93, 94, 95, 96,
];

/// Every name of every people, folded, with its code.
static PEOPLES: &str = "\
13 a la công
44 a rem
12 a đham
6 ao tá
31 ba hi
13 ba na
13 bahnar
13 bana
20 biat
12 bih
12 blô
52 brao
14 bri la
23 bru
23 bru vân kiều
52 brâu
20 bu đâng
13 bơ nâm
49 bố y
40 bồ khô pạ
14 ca dong
26 ca tang
27 ca tang gié
26 ca tu
26 cao
15 cao lan
15 cao lan sán chỉ
16 chil
17 chiêm thành
19 chom
10 chor
36 chu
36 chu ru
36 churu
44 chà củi
17 chàm
28 châu mạ
32 châu ro
17 chăm
17 chăm hroi
19 chăm rê
10 chơ rai
32 chơ ro
36 chơ ru
32 chơro
49 chủng chá
44 chứt
30 co
47 co lao
30 col
24 con kha
14 con lan
30 cor
5 cu
5 cul
5 cur
24 cuối
41 cò xung
9 cóc mùn
9 cóc ngáng
50 cù dề xừ
38 cù tê
30 cùa
25 cùi chu
16 cơ don
16 cơ ho
47 cơ lao
26 cơ tu
16 cơho
26 cơtu
48 cống
47 cờ lao
9 dao
42 duôn
9 dìu miền
32 dơ ro
25 dẩng
12 epan
20 gar
10 gia rai
27 giang rẫy
10 giarai
25 giáy
27 gié triêng
13 giơ lâng
10 giơ rai
27 giẻ triêng
13 gơ lar
8 h mông
8 h'mông
19 h're
19 h'rê
14 ha lăng
8 hmông
4 hoa
17 hroi
19 hrê
35 hà nhì
3 hàng tổng
4 hán
10 hđrung
10 hơ bau
4 hạ
26 hạ cơ tu
4 hải nam
24 họ
15 hờn bạn
10 jarai
10 jrai
16 k'ho
51 ka bèo
39 khlá phlạo
5 khmer
11 khách gia
33 kháng
7 khèn lài
41 khù xung
23 khùa
5 khơ me
29 khơ mú
5 khơme
29 khơmú
50 khả pẻ
41 khả quy
9 kim miền
1 kinh
14 kmrâng
13 kon kđe
12 kpă
13 kpăng công
13 krem
12 krung
5 krôm
19 krẹ lũy
12 ktul
16 kơ ho
24 kẹo
38 la chí
39 la ha
41 la hủ
21 la oang
38 la quả
27 la ve
16 lach
41 lao
16 lat
24 ly hà
37 lào
37 lào bốc
37 lào nọi
11 lê
43 lô lô
9 lù gang
42 lừ
42 lự
20 m'nông
3 man thanh
44 may
8 miêu
14 mnâm
20 mnông
6 mol
40 mu di pạ
6 mual
43 mun di
9 mán
15 mán cao lan
18 mán quần cộc
8 mán trắng
44 mã liềng
8 mèo
8 mông
23 măng coong
12 mđhur
6 mường
28 mạ
28 mạ krung
28 mạ ngăn
28 mạ tô
28 mạ xóp
45 mảng
45 mảng ư
48 mấng nhé
8 mẹo
6 mọi bi
24 mọn
29 mứn xen
8 na miẻo
11 ngái
2 ngạn
42 nhuồn
25 nhắng
21 noang
20 nông
7 nùng
7 nùng an
7 nùng cháo
7 nùng giang
7 nùng lòi
7 nùng xuồng
16 nốp
31 pa cô
2 pa dí
31 pa hi
44 pa leng
39 phlắc
7 phàn sình
2 phén
40 phù lá
4 phúc kiến
26 phương
40 phổ
27 pin
20 pnông
20 pré
40 pu dang
25 pu nà
51 pu péo
29 pu thênh
41 pu đang
34 puộc
46 pà hưng
46 pà thẻn
25 pầu thìn
34 pụa
7 quý rim
33 quảng lâm
4 quảng đông
9 quần trắng
21 ra glai
21 ra glây
12 ra đê
21 raglai
21 rai
13 roh
20 rơ lam
54 rơ măm
13 rơ ngao
44 rục
22 s'tiêng
14 sedang
50 si la
22 stiêng
44 sách
15 sán chay
15 sán chỉ
18 sán dìu
18 sán dẻo
15 sơn tử
9 sơn đầu
27 ta riêng
14 tang
3 thái
3 thái trắng
3 thái đen
2 thù lao
24 thổ
9 tiểu bản
27 treng
23 tri
16 trinh
27 triêng
4 triều châu
18 trại
9 trại dao
18 trại đất
30 trầu
49 trọng gia
49 tu din
49 tu dí
16 tu lốp
44 tu vang
31 tà ôi
31 tà ôih
2 tày
53 tày hạt
29 tày hạy
3 tày khao
3 tày mười
3 tày mường
24 tày pọng
3 tày thanh
3 tày đăm
10 tơ buăn
44 tơ hung
13 tơ lô
14 tơ đrá
44 tắc củi
29 tềnh
46 tống
44 u mo
35 u ni
40 va xơ lao
27 ve
27 veh
1 việt
5 việt gốc miên
23 vân kiều
22 x'tiêng
22 xa điêng
34 xinh mun
16 xrê
22 xtiêng
33 xá bung
29 xá cẩu
9 xá dao
33 xá dón
33 xá dẩng
33 xá hốc
33 xá khao
39 xá khắc
40 xá phó
33 xá súa
35 xá u ni
48 xá xeng
33 xá ái
14 xê đăng
11 xín
44 xơ lang
14 xơ đăng
14 xơđăng
25 xạ
4 xạ phang
4 xạ phạng
48 xắm khống
13 y lăng
12 ê đê
12 êđê
24 đan lai
27 đgiéh
20 đipri
12 đliê ruê
12 đê
9 đại bản
11 đản
9 động
53 ơ đu";

/// Every name of every religion, folded, with its code.
static RELIGIONS: &str = "\
12 ba ha'i
12 baha'i
12 baha'í
12 bahai
13 bà la môn
11 bửu sơn kỳ hương
5 cao đài
13 chăm bà la môn
2 công giáo
6 giáo hội phật đường nam tông minh sư đạo
3 hòa hảo
4 hồi giáo
4 islam
2 ki tô giáo la mã
7 minh lý đạo
7 minh lý đạo tam tông miếu
6 minh sư đạo
14 mormon
14 mặc môn
1 phật
1 phật giáo
3 phật giáo hòa hảo
2 thiên chúa
2 thiên chúa giáo
8 tin lành
9 tịnh độ cư sĩ
9 tịnh độ cư sĩ phật hội việt nam
9 tịnh độ cư sĩ phật hội vn
10 tứ ân hiếu nghĩa
5 đạo cao đài
4 đạo hồi
1 đạo phật
2 đạo thiên chúa
8 đạo tin lành
10 đạo tứ ân hiếu nghĩa";

#[cfg(test)]
mod tests;
