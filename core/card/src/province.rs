//! Where a birth was registered, by the first three digits of the personal number.
//!
//! Provinces: Circular 07/2016/TT-BCA, annex I, names as registered, before the mergers of 2025: a number keeps its
//! code for life. Countries (annex II) have codes from 100 up; their names are not needed here.

/// The place in a personal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// A province of Vietnam.
    Province {
        /// Its code, 1 to 96.
        code: u16,
        /// Its name in Vietnamese.
        name: &'static str,
    },
    /// Registered abroad.
    Abroad {
        /// The country's code, 100 to 999.
        code: u16,
    },
    /// A code that no province has; specimen cards use 000.
    Unassigned {
        /// The code, below 100.
        code: u16,
    },
}

impl Place {
    /// Country codes start here.
    const FIRST_COUNTRY: u16 = 100;

    pub(crate) fn from_code(code: u16) -> Self {
        if code >= Self::FIRST_COUNTRY {
            return Self::Abroad { code };
        }
        PROVINCES
            .iter()
            .find(|(province, _)| *province == code)
            .map_or(Self::Unassigned { code }, |&(code, name)| Self::Province { code, name })
    }
}

/// Code and name, by code.
#[rustfmt::skip]
const PROVINCES: [(u16, &str); 63] = [
    (1, "Hà Nội"), (2, "Hà Giang"), (4, "Cao Bằng"), (6, "Bắc Kạn"), (8, "Tuyên Quang"), (10, "Lào Cai"),
    (11, "Điện Biên"), (12, "Lai Châu"), (14, "Sơn La"), (15, "Yên Bái"), (17, "Hòa Bình"), (19, "Thái Nguyên"),
    (20, "Lạng Sơn"), (22, "Quảng Ninh"), (24, "Bắc Giang"), (25, "Phú Thọ"), (26, "Vĩnh Phúc"), (27, "Bắc Ninh"),
    (30, "Hải Dương"), (31, "Hải Phòng"), (33, "Hưng Yên"), (34, "Thái Bình"), (35, "Hà Nam"), (36, "Nam Định"),
    (37, "Ninh Bình"), (38, "Thanh Hóa"), (40, "Nghệ An"), (42, "Hà Tĩnh"), (44, "Quảng Bình"), (45, "Quảng Trị"),
    (46, "Thừa Thiên Huế"), (48, "Đà Nẵng"), (49, "Quảng Nam"), (51, "Quảng Ngãi"), (52, "Bình Định"),
    (54, "Phú Yên"), (56, "Khánh Hòa"), (58, "Ninh Thuận"), (60, "Bình Thuận"), (62, "Kon Tum"), (64, "Gia Lai"),
    (66, "Đắk Lắk"), (67, "Đắk Nông"), (68, "Lâm Đồng"), (70, "Bình Phước"), (72, "Tây Ninh"), (74, "Bình Dương"),
    (75, "Đồng Nai"), (77, "Bà Rịa - Vũng Tàu"), (79, "Thành phố Hồ Chí Minh"), (80, "Long An"), (82, "Tiền Giang"),
    (83, "Bến Tre"), (84, "Trà Vinh"), (86, "Vĩnh Long"), (87, "Đồng Tháp"), (89, "An Giang"), (91, "Kiên Giang"),
    (92, "Cần Thơ"), (93, "Hậu Giang"), (94, "Sóc Trăng"), (95, "Bạc Liêu"), (96, "Cà Mau"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_without_doubles() {
        assert!(PROVINCES.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn codes_fall_into_three_kinds() {
        assert_eq!(Place::from_code(79), Place::Province { code: 79, name: "Thành phố Hồ Chí Minh" });
        assert_eq!(Place::from_code(96), Place::Province { code: 96, name: "Cà Mau" });
        for code in [0, 3, 97, 99] {
            assert_eq!(Place::from_code(code), Place::Unassigned { code });
        }
        for code in [100, 266, 999] {
            assert_eq!(Place::from_code(code), Place::Abroad { code });
        }
    }
}
