//! What came of it: not as the pages say it, but as the service and the phone's own storage have it.

use std::path::Path;

use anyhow::Result;
use citizen_phone::{Phone, Setup};
use citizen_protocol::ledger::{Head, Holder};
use citizen_sandbox::{Citizen, Sandbox};

use super::words::Language;

/// Facts at the end.
pub(super) struct Ending {
    /// With the service.
    applications: usize,
    /// With the service: phones that applied, or were ever bound.
    phones: usize,
    /// The newest entry of the list of devices that this phone has verified.
    head: Option<Head>,
    /// SHA-256 of the bound phone's keys, as far as this phone has verified it.
    bound: Option<[u8; 32]>,
    /// The holder saw the account.
    is_signed_in: bool,
}

impl Ending {
    /// Of a phone that is switched off. `is_signed_in`: what its last page showed.
    pub(super) fn of(sandbox: &Sandbox, citizen: &Citizen, phone: &Path, is_signed_in: bool) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let inside = runtime.enter();
        let phone = Phone::start(phone, &Setup::new(sandbox.identity()));
        let ledger = runtime.block_on(phone.account.ledger())?;
        drop(inside);
        Ok(Self {
            applications: sandbox.applications_of(&citizen.number),
            phones: sandbox.devices_of(&citizen.number),
            head: ledger.and_then(|ledger| ledger.head()),
            bound: ledger.and_then(|ledger| match ledger.holder() {
                Holder::Phone(keys) => Some(keys),
                Holder::Nobody | Holder::Frozen => None,
            }),
            is_signed_in,
        })
    }

    /// An approved account, this phone bound, its holder signed in.
    pub(super) fn is_whole(&self) -> bool {
        self.applications == 1 && self.phones == 1 && self.head.is_some() && self.bound.is_some() && self.is_signed_in
    }

    /// Label and value of each.
    pub(super) fn rows(&self, language: Language) -> Vec<(&'static str, String)> {
        let none = || language.of("không có", "none").to_owned();
        let entry = |head: Head| {
            let hash = short(&head.hash);
            language.of(format!("mục số {}, mã băm {hash}", head.seq), format!("entry {}, hash {hash}", head.seq))
        };
        let signed_in = if self.is_signed_in { language.of("rồi", "yes") } else { language.of("chưa", "no") };
        vec![
            (language.of("Hồ sơ tại dịch vụ", "Applications at the service"), self.applications.to_string()),
            (language.of("Điện thoại tại dịch vụ", "Phones at the service"), self.phones.to_string()),
            (language.of("Danh sách máy", "List of devices"), self.head.map_or_else(none, entry)),
            (language.of("Máy đã gắn, khóa", "Bound phone, keys"), self.bound.map_or_else(none, |keys| short(&keys))),
            (language.of("Đã đăng nhập", "Signed in"), signed_in.to_owned()),
        ]
    }
}

/// The first eight bytes, in hexadecimal.
fn short(hash: &[u8; 32]) -> String {
    let [a, b, c, d, e, f, g, h, ..] = *hash;
    format!("{:016x}", u64::from_be_bytes([a, b, c, d, e, f, g, h]))
}
