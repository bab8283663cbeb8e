//! Consent (row R24): before the first camera or field. Who is responsible, what for, for whom, how long, which rights; one choice for each
//! purpose of the service's policy, none of them made for the holder. Who refuses is told how it goes in person, and nothing is stored.

mod page;
mod state;
#[cfg(test)]
mod tests;
mod update;

pub(crate) use page::{facts, page};
pub(crate) use state::State;
pub(crate) use update::{begin, told, wake};

use citizen_protocol::wire::Purpose;

/// As pages and events name a purpose.
pub(crate) fn id(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Identity => "identity",
        Purpose::Portrait => "portrait",
        Purpose::Diagnostics => "diagnostics",
    }
}

/// What a purpose is, as a title.
pub(crate) fn title(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Identity => "consent-identity-title",
        Purpose::Portrait => "consent-portrait-title",
        Purpose::Diagnostics => "consent-diagnostics-title",
    }
}
