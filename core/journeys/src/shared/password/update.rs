//! What happens while a password is chosen.

use citizen_protocol::password::{Weakness, check};
use citizen_protocol::wire::Secret;

use super::State;
use crate::held::{Held, Slot};
use crate::ids::{Act, FieldId};
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

const SLOTS: [Slot; 2] = [Slot::Password, Slot::PasswordAgain];

pub(crate) fn begin(world: &mut World, refused: bool) -> State {
    world.held.drop(&SLOTS);
    State { tried: false, entered: false, refused }
}

/// Again, because it was entered before the app was closed, and not kept.
pub(crate) fn emptied() -> State {
    State { tried: false, entered: true, refused: false }
}

/// `personal`: words that the password must not be made of. Done: it is held, and holds.
pub(crate) fn told(
    state: State,
    told: &Told,
    world: &mut World,
    personal: &[Secret],
) -> Result<Turn<State, ()>, Unfit> {
    match told {
        Told::Field(FieldId::Password, entered) => {
            world.keep(Slot::Password, entered.clone());
            Ok(Turn::To(State { entered: true, refused: false, ..state }))
        }
        Told::Field(FieldId::PasswordAgain, entered) => {
            world.keep(Slot::PasswordAgain, entered.clone());
            Ok(Turn::To(State { entered: true, ..state }))
        }
        Told::Act(Act::Continue) => {
            let holds = weaknesses(world.held, personal).is_empty() && agrees(world.held);
            Ok(if holds && !state.refused { Turn::Done(()) } else { Turn::To(State { tried: true, ..state }) })
        }
        Told::Tick | Told::Online | Told::Resumed => Ok(Turn::To(state)),
        Told::Back => {
            world.held.drop(&SLOTS);
            Ok(Turn::Back)
        }
        Told::Reply(..) => Err(Unfit::Stale),
        _ => Err(Unfit::Here),
    }
}

/// What is wrong with the password that is held.
pub(super) fn weaknesses(held: &Held, personal: &[Secret]) -> Vec<Weakness> {
    let entered = held.get(Slot::Password).map_or("", Secret::reveal);
    check(entered, personal).err().unwrap_or_default()
}

/// Whether both entries are the same.
pub(super) fn agrees(held: &Held) -> bool {
    held.get(Slot::Password) == held.get(Slot::PasswordAgain)
}
