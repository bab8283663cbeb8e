//! What happens while the camera looks.

use super::State;
use super::page::hint_text;
use crate::effect::Request;
use crate::ids::Act;
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

/// Bytes of the largest portrait that the service takes.
const MAX_BYTES: usize = 2 << 20;
/// How a JPEG file begins (ITU-T T.81, B.1.1.3).
const JPEG: [u8; 3] = [0xff, 0xd8, 0xff];

/// Looks for a portrait, which takes the place of whichever is held. `refused`: the service could not use the one before.
pub(crate) fn begin(refused: bool) -> State {
    State { hint: None, stage: 0, relaxed: false, fault: None, refused }
}

pub(crate) fn told(state: State, told: &Told, world: &mut World) -> Result<Turn<State, ()>, Unfit> {
    match told {
        Told::Portrait(jpeg) if is_portrait(jpeg) => {
            world.held.put_portrait(jpeg.clone());
            world.shared.portraits = world.shared.portraits.wrapping_add(1);
            world.request(Request::Success);
            Ok(Turn::Done(()))
        }
        Told::CameraHint { hint, stage } if *stage <= 3 && hint_text(hint).is_some() => {
            Ok(Turn::To(State { hint: Some(hint.clone()), stage: (*stage).max(state.stage), fault: None, ..state }))
        }
        Told::CameraFault(fault) => Ok(Turn::To(State { fault: Some(*fault), hint: None, ..state })),
        Told::Act(Act::TakeNow) => {
            world.request(Request::TakeNow);
            Ok(Turn::To(state))
        }
        Told::Act(Act::Relax) => {
            world.request(Request::Relax);
            Ok(Turn::To(State { relaxed: true, ..state }))
        }
        Told::Act(Act::TryAgain) => Ok(Turn::To(State { fault: None, ..state })),
        Told::Act(Act::OpenSettings) => {
            world.request(Request::OpenSettings);
            Ok(Turn::To(State { fault: None, ..state }))
        }
        Told::Tick | Told::Online | Told::Resumed => Ok(Turn::To(state)),
        Told::Back => Ok(Turn::Back),
        Told::Reply(..) => Err(Unfit::Stale),
        _ => Err(Unfit::Here),
    }
}

fn is_portrait(jpeg: &[u8]) -> bool {
    jpeg.starts_with(&JPEG) && jpeg.len() <= MAX_BYTES
}
