//! The officer's desk, a moment after the citizen saw that an officer looks.

use anyhow::{Context, Result};
use citizen_protocol::wire::{Reason, ReasonCode, Remedy, WireField};
use citizen_sandbox::Sandbox;

use super::words::Language;

/// An officer of one opinion.
pub(super) struct Desk<'a> {
    pub(super) sandbox: &'a Sandbox,
    /// Whether every portrait is taken for somebody else's.
    pub(super) rejects: bool,
}

impl Desk<'_> {
    /// Decides what waits; in words, what was decided.
    pub(super) fn decide(&self, language: Language) -> Result<Option<String>> {
        let mut words = None;
        for case in self.sandbox.waiting() {
            if self.rejects {
                let (code, remedy) = (ReasonCode::PortraitDiffers, Remedy::NewPortrait);
                let reason = Reason { code, field: Some(WireField::Portrait), remedy, note: None };
                self.sandbox.reject(case, vec![reason]).context("the desk")?;
                words = Some(language.of(
                    "Cán bộ xét duyệt: ảnh không khớp với ảnh trong cơ sở dữ liệu, từ chối.",
                    "The officer: the portrait does not match the one on record; refused.",
                ));
            } else {
                self.sandbox.approve(case).context("the desk")?;
                words = Some(language.of("Cán bộ xét duyệt: đồng ý.", "The officer: approved."));
            }
        }
        Ok(words.map(str::to_owned))
    }
}
