//! What stands before a page because of a risk signal: why, and what to do.

use crate::ids::Act;
use crate::page::{Page, Role};
use crate::risk::{Gate, Verdict};
use crate::see::See;

pub(crate) fn page(gate: Gate, see: See) -> Page {
    let (id, title) = match gate.verdict {
        Verdict::Allow | Verdict::Warn => ("risk-warn", "risk-warn-title"),
        Verdict::Wait => ("risk-wait", "risk-wait-title"),
        Verdict::Refuse => ("risk-refuse", "risk-refuse-title"),
    };
    let draft = see.page(id, title).back().stop(gate.stop);
    let draft = match (gate.verdict, gate.until) {
        (Verdict::Allow | Verdict::Warn, _) => draft.primary(Act::Understood),
        (Verdict::Wait, Some(until)) => {
            draft.countdown(until, "risk-after-call-label").action_from(until, Act::LookAgain, Role::Primary)
        }
        (Verdict::Wait, None) => draft.primary(Act::LookAgain),
        (Verdict::Refuse, _) => draft.text("risk-elsewhere-text").primary(Act::LookAgain),
    };
    draft.cancel(Act::Later).done()
}
