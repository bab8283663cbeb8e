//! Help (row R8), over whatever page somebody is stopped on: the support code, the hotline, how it goes on in person. And the question
//! before leaving a journey.
//!
//! It is never hindered: neither by the app's lock nor by a risk signal.

mod page;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub(crate) use page::page;

use crate::effect::Request;
use crate::ids::Act;
use crate::page::{Page, Part};
use crate::turn::Unfit;
use crate::world::{Told, World};

/// The hotline for citizens (row R16). Foreigners have the immigration office, in person.
pub(crate) const HOTLINE: &str = "19000368";

/// What lies over the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Over {
    /// Who helps.
    Help { asked: Asked },
    /// How it goes on in person; `from_help`: opened there.
    InPerson { asked: Asked, from_help: bool },
    /// Whether to leave.
    Leave,
}

/// Where help was asked for. Nothing in it is personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// The page's id.
    page: String,
    /// The support code on it.
    code: Option<String>,
}

/// What comes of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Left {
    /// This lies over the page now.
    Open(Over),
    /// Nothing does any more.
    Closed,
    /// Home; the journey is kept.
    Later,
    /// Home; what was entered is deleted.
    Discarded,
}

/// Opens help from a page.
pub(crate) fn open(page: &Page, in_person: bool) -> Over {
    let code = page.parts.iter().find_map(|part| match part {
        Part::Notice { code, .. } => code.clone(),
        _ => None,
    });
    let asked = Asked { page: page.id.clone(), code };
    if in_person { Over::InPerson { asked, from_help: false } } else { Over::Help { asked } }
}

pub(crate) fn told(over: &Over, told: &Told, world: &mut World) -> Result<Left, Unfit> {
    Ok(match (over.clone(), told) {
        (over @ (Over::Help { .. } | Over::InPerson { .. }), Told::Act(Act::Call)) => {
            call(world);
            Left::Open(over)
        }
        (Over::Help { asked }, Told::Act(Act::InPerson)) => Left::Open(Over::InPerson { asked, from_help: true }),
        (Over::InPerson { asked, .. }, Told::Act(Act::Help))
        | (Over::InPerson { asked, from_help: true }, Told::Back) => Left::Open(Over::Help { asked }),
        (_, Told::Back) | (Over::Leave, Told::Act(Act::Stay)) => Left::Closed,
        (Over::Leave, Told::Act(Act::Later)) => Left::Later,
        (Over::Leave, Told::Act(Act::Discard)) => Left::Discarded,
        _ => return Err(Unfit::Here),
    })
}

/// Opens the dialler with the hotline's number; the holder calls.
pub(crate) fn call(world: &mut World) {
    world.request(Request::Dial { number: HOTLINE.to_owned() });
}
