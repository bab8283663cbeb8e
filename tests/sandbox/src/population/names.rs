//! Names and places that nobody has: each name carries a middle word that no parents give.

use rand::RngExt;
use rand_pcg::Pcg32;

use citizen_card::Sex;

const FAMILY: [&str; 14] =
    ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"];
/// Sample, trial, example, imagined.
const INVENTED: [&str; 4] = ["Mẫu", "Thử", "Ví Dụ", "Tưởng"];
const MEN: [&str; 12] = ["An", "Bình", "Cường", "Dũng", "Hải", "Khoa", "Long", "Minh", "Nam", "Phúc", "Sơn", "Tuấn"];
const WOMEN: [&str; 12] =
    ["Ánh", "Bích", "Chi", "Dung", "Hạnh", "Hương", "Lan", "Mai", "Ngọc", "Phương", "Thảo", "Yến"];
const FOREIGN: [&str; 8] = ["ALDER", "BRAMBLE", "CEDAR", "FENNEL", "HAZEL", "JUNIPER", "ROWAN", "SORREL"];

pub(super) fn name(random: &mut Pcg32, sex: Sex) -> String {
    let given = if sex == Sex::Male { &MEN } else { &WOMEN };
    format!("{} {} {}", pick(random, &FAMILY), pick(random, &INVENTED), pick(random, given))
}

/// A foreigner's, as in a passport: plants, not people.
pub(super) fn foreign_name(random: &mut Pcg32) -> String {
    format!("{} {} SPECIMEN", pick(random, &FOREIGN), pick(random, &FOREIGN))
}

/// The same person after a change of name: far enough apart that no slip of the finger explains it.
pub(super) fn changed_name(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((front, given)) => format!("{front} Tên Mới {given}"),
        None => format!("{name} Tên Mới"),
    }
}

pub(super) fn address(random: &mut Pcg32, province: &str) -> String {
    let (house, street, commune) =
        (random.random_range(1..400_u32), random.random_range(1..90_u32), random.random_range(1..60_u32));
    format!("Số {house}, Đường Ví Dụ {street}, Xã Mẫu {commune}, {province}")
}

fn pick(random: &mut Pcg32, from: &[&'static str]) -> &'static str {
    from.get(random.random_range(0..from.len())).copied().unwrap_or_default()
}
