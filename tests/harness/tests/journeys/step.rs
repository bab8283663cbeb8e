//! How a journey's scenario is written. One thing happens in a step; secrets stand there by name only.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    pub(crate) title: String,
    pub(crate) rows: Vec<String>,
    /// `vi` or `en`.
    #[serde(default = "vietnamese")]
    pub(crate) language: String,
    /// Begins like another scenario, up to the page.
    pub(crate) like: Option<Like>,
    pub(crate) steps: Vec<Step>,
}

fn vietnamese() -> String {
    "vi".into()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Like {
    pub(crate) scenario: String,
    pub(crate) until: String,
}

#[derive(Deserialize)]
pub(crate) struct Step {
    #[serde(flatten)]
    pub(crate) happens: Happens,
    #[serde(default)]
    pub(crate) expect: Expect,
}

/// What happens. What happens on a page happens on the one that is shown.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Happens {
    /// A journey is started: `enrol`.
    Start(String),
    /// A button, by its id.
    Act(String),
    /// Fields, by their ids, with what is entered; the last answer counts.
    Fields(BTreeMap<String, String>),
    /// Secret fields, by their ids, with the name of what is entered.
    Secrets(BTreeMap<String, String>),
    /// Something is chosen.
    Choose(Choose),
    /// A one-time code, or a message with one, by its name.
    Code(Code),
    /// The scanner reads a card.
    Card(Card),
    /// The guide takes a portrait: `jpeg`, or `not_a_jpeg`.
    Portrait(String),
    /// The camera hints.
    Hint(Hint),
    /// There is no picture from the camera: `denied`.
    CameraFault(String),
    /// The network comes or goes.
    Network(bool),
    /// The app comes to the front, or leaves it.
    Visible(bool),
    /// The system's way back.
    Back {},
    /// Out of it all.
    Cancel {},
    /// A button of a page that is gone.
    StaleAct(String),
    /// An effect ends: the newest of that name.
    Reply(Reply),
    /// Seconds pass.
    Advance(u64),
    /// Risk signals change: `yes` or `unknown`; those not named are `no`.
    Risk(BTreeMap<String, String>),
    /// The app is killed and started again.
    Kill {},
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Choose {
    pub(crate) choice: String,
    #[serde(default)]
    pub(crate) option: String,
    #[serde(default = "yes")]
    pub(crate) chosen: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Code {
    pub(crate) text: String,
    pub(crate) source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Card {
    pub(crate) number: String,
    pub(crate) old_number: Option<String>,
    pub(crate) name: String,
    pub(crate) birth_date: String,
    pub(crate) sex: String,
    pub(crate) address: String,
    pub(crate) issue_date: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hint {
    pub(crate) hint: String,
    #[serde(default)]
    pub(crate) stage: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reply {
    pub(crate) to: String,
    pub(crate) with: Value,
}

/// What must be so afterwards; what is not named may be anything.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    /// The page's id.
    pub(crate) page: Option<String>,
    /// Names of all effects, in order.
    pub(crate) effects: Option<Vec<String>>,
    /// Whether it was refused, so that nothing changed.
    pub(crate) refused: Option<bool>,
    /// Ids of messages that are on the page, among others.
    #[serde(default)]
    pub(crate) says: Vec<String>,
    /// Ids of all actions that can be tapped.
    pub(crate) actions: Option<Vec<String>>,
    /// The support code on the page.
    pub(crate) code: Option<String>,
    /// Values of fields that are prefilled.
    #[serde(default)]
    pub(crate) values: BTreeMap<String, String>,
}
