//! The journey on screen.

use citizen_protocol::wire::UnixTime;
use serde::{Deserialize, Serialize};

use crate::event::Journey;
use crate::page::Page;
use crate::risk::Guarded;
use crate::see::See;
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};
use crate::{activation, consent, enrol, home, lock, recovery, settings, sign_in, status};

/// Where a journey leads when it is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Go {
    /// Home.
    Home,
    /// Another journey.
    Journey(Journey),
    /// Another journey, or the consent anew; this one is kept as it is.
    Leave(Journey),
    /// The journey that the consent was asked for.
    Consented(Journey),
    /// The app's own lock changes; then home.
    AppLock(lock::Kind),
    /// Home, without anything of the one who left.
    SignedOut,
}

impl Go {
    /// The newest texts are fetched and agreed to; then the journey goes on from where it is.
    pub(crate) fn anew(journey: Journey, world: &mut World) -> Self {
        world.shared.consents.clear();
        world.shared.policy = None;
        Self::Leave(journey)
    }
}

/// A journey with its state.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Place {
    Home(home::State),
    Consent(consent::State),
    Enrol(enrol::State),
    Status(status::State),
    Activate(activation::State),
    SignIn(sign_in::State),
    Recover(recovery::State),
    Settings(settings::State),
}

impl Default for Place {
    fn default() -> Self {
        Self::Home(home::State::default())
    }
}

/// Which journeys have a camera or a field: the consent comes before them (row R24).
pub(crate) fn needs_consent(journey: Journey) -> bool {
    match journey {
        Journey::Enrol | Journey::Activate | Journey::SignIn | Journey::Recover => true,
        Journey::Status | Journey::Settings => false,
    }
}

impl Place {
    pub(crate) fn begin(journey: Journey, world: &mut World) -> Self {
        match journey {
            Journey::Enrol => Self::Enrol(enrol::begin(world)),
            Journey::Status => Self::Status(status::begin(world)),
            Journey::Activate => Self::Activate(activation::begin(world)),
            Journey::SignIn => Self::SignIn(sign_in::begin(world)),
            Journey::Recover => Self::Recover(recovery::begin(world)),
            Journey::Settings => Self::Settings(settings::begin(world)),
        }
    }

    pub(crate) fn home(world: &mut World) -> Self {
        Self::Home(home::begin(world))
    }

    pub(crate) fn consent(journey: Journey, world: &mut World) -> Self {
        Self::Consent(consent::begin(journey, world))
    }

    /// Which journey it is, if it can be left for later.
    pub(crate) fn journey(&self) -> Option<Journey> {
        match self {
            Self::Enrol(state) => (!state.is_over()).then_some(Journey::Enrol),
            Self::Activate(state) => (!state.is_over()).then_some(Journey::Activate),
            Self::Recover(state) => (!state.is_over()).then_some(Journey::Recover),
            // Nothing was entered yet, or it is begun anew without loss.
            Self::Home(_) | Self::Consent(_) | Self::Status(_) | Self::SignIn(_) | Self::Settings(_) => None,
        }
    }

    /// The holder has done everything: the service compares.
    pub(crate) fn is_with_service(&self) -> bool {
        match self {
            Self::Activate(state) => state.is_with_service(),
            Self::Recover(state) => state.is_with_service(),
            Self::Home(_)
            | Self::Consent(_)
            | Self::Enrol(_)
            | Self::Status(_)
            | Self::SignIn(_)
            | Self::Settings(_) => false,
        }
    }

    /// Everything of the holder is about to go.
    pub(crate) fn is_signing_out(&self) -> bool {
        matches!(self, Self::Settings(state) if state.is_signing_out())
    }

    /// Which portrait was taken there and is not with the service, as `Shared` counts them.
    pub(crate) fn taken(&self) -> Option<u64> {
        match self {
            Self::Enrol(state) => state.taken(),
            Self::Activate(state) => state.taken(),
            Self::Recover(state) => state.taken(),
            Self::Home(_) | Self::Consent(_) | Self::Status(_) | Self::SignIn(_) | Self::Settings(_) => None,
        }
    }

    pub(crate) fn told(self, told: &Told, world: &mut World) -> Result<Turn<Self, Go>, Unfit> {
        match self {
            Self::Home(state) => Ok(home::told(state, told, world)?.within(Self::Home)),
            Self::Consent(state) => Ok(consent::told(state, told, world)?.within(Self::Consent)),
            Self::Enrol(state) => Ok(enrol::told(state, told, world)?.within(Self::Enrol)),
            Self::Status(state) => Ok(status::told(state, told, world)?.within(Self::Status)),
            Self::Activate(state) => Ok(activation::told(state, told, world)?.within(Self::Activate)),
            Self::SignIn(state) => Ok(sign_in::told(state, told, world)?.within(Self::SignIn)),
            Self::Recover(state) => Ok(recovery::told(state, told, world)?.within(Self::Recover)),
            Self::Settings(state) => Ok(settings::told(state, told, world)?.within(Self::Settings)),
        }
    }

    pub(crate) fn page(&self, see: See, parked: &[home::Parked]) -> Page {
        match self {
            Self::Home(state) => home::page(state, see, parked),
            Self::Consent(state) => consent::page(state, see),
            Self::Enrol(state) => enrol::page(state, see),
            Self::Status(state) => status::page(state, see),
            Self::Activate(state) => activation::page(state, see),
            Self::SignIn(state) => sign_in::page(state, see),
            Self::Recover(state) => recovery::page(state, see),
            Self::Settings(state) => settings::page(state, see),
        }
    }

    pub(crate) fn wake(&self, now: UnixTime) -> Option<UnixTime> {
        match self {
            Self::Home(state) => home::wake(state, now),
            Self::Consent(state) => consent::wake(state, now),
            Self::Enrol(state) => enrol::wake(state, now),
            Self::Status(state) => status::wake(state, now),
            Self::Activate(state) => activation::wake(state, now),
            Self::SignIn(state) => sign_in::wake(state, now),
            Self::Recover(state) => recovery::wake(state, now),
            Self::Settings(state) => settings::wake(state, now),
        }
    }

    /// What the holder is about to do, for the risk signals.
    pub(crate) fn guarded(&self) -> Option<Guarded> {
        match self {
            Self::Enrol(state) => enrol::guarded(state),
            Self::Activate(state) => activation::guarded(state),
            Self::SignIn(state) => sign_in::guarded(state),
            Self::Recover(state) => recovery::guarded(state),
            Self::Home(_) | Self::Consent(_) | Self::Status(_) | Self::Settings(_) => None,
        }
    }
}
