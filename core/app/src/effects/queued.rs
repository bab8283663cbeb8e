//! Calls that must have one effect, whatever happens: they go through the outbox, one of a kind at a time, under a name of their own.
//!
//! After a kill or a failure the journeys ask for the same again, and it goes on with what is in the outbox. If they ask for something
//! else of that kind, say with a corrected entry, what was never sent gives way at once. What was sent may have had its effect: it is seen
//! through first, and only if nothing of that kind is under way with the service then, the new one goes out.
//!
//! What is answered, or refused for good, leaves the outbox in the very commit that lets the model know.

use std::marker::PhantomData;

use citizen_journeys::Outcome;
use citizen_protocol::wire::{
    Activation, ActivationRequest, ActivationState, AmendRequest, Application, ApplicationRequest, ApplicationState,
    ApplicationStatusRequest, Call, Code, CurrentActivationRequest, CurrentApplicationRequest, CurrentRecoveryRequest,
    DeletionRequest, ExportRequest, LockRequest, Recovery, RecoveryRequest, RecoveryState, WithdrawConsentRequest,
};
use citizen_service::{Envelope, Queued, ServiceError, decode};
use citizen_vault::Changes;

use super::{Came, Service, Then, failure};

/// A call of the outbox.
pub(super) trait Lasting: Call {
    /// Its name there.
    const NAME: &'static str;
    /// Whether asking twice is asking once: it says what is to be, not what is to happen.
    const IS_STATE: bool;

    /// What the journeys hear.
    fn outcome(answer: Self::Answer) -> Outcome;

    /// Asks for what the service has of that kind from this phone.
    fn question(&self) -> Option<Question<Self::Answer>>;

    /// Whether it is being worked on.
    fn is_under_way(answer: &Self::Answer) -> bool;
}

/// A call that is answered with an `A`.
pub(super) struct Question<A>(Result<Envelope, ServiceError>, PhantomData<fn() -> A>);

impl<A> Question<A> {
    fn of(call: &impl Call<Answer = A>) -> Self {
        Self(Envelope::now(call), PhantomData)
    }
}

/// Such a call, written: what is done about it is the same for all.
pub(super) struct Wish {
    name: &'static str,
    is_state: bool,
    call: Envelope,
    question: Option<Envelope>,
    read: fn(&[u8]) -> Result<Said, ServiceError>,
}

/// What the service said of it.
struct Said {
    outcome: Outcome,
    is_under_way: bool,
}

impl Wish {
    pub(super) fn of<C: Lasting>(call: &C) -> Result<Self, ServiceError> {
        let read = |body: &[u8]| {
            let answer = decode(body)?;
            Ok(Said { is_under_way: C::is_under_way(&answer), outcome: C::outcome(answer) })
        };
        let question = call.question().map(|Question(question, _)| question).transpose()?;
        Ok(Self { name: C::NAME, is_state: C::IS_STATE, call: Envelope::lasting(call)?, question, read })
    }
}

impl Service {
    /// Has a call take its effect, once.
    pub(super) async fn see_through(&self, wish: &Wish) -> Came {
        let _turn = self.turns.take(wish.name).await;
        match self.delivered(wish).await {
            Ok(said) => (said.outcome, Then::Forget(wish.name)),
            Err(error) => {
                // What is stale stays so: what follows is for the journeys to find out, and to begin anew.
                let is_over = error.is_answer() || matches!(error, ServiceError::Stale | ServiceError::NotQueued);
                let then = if is_over { Then::Forget(wish.name) } else { Then::Nothing };
                (Outcome::Failed(failure::of(error)), then)
            }
        }
    }

    async fn delivered(&self, wish: &Wish) -> Result<Said, ServiceError> {
        if let Some(queued) = self.outbox.queued(wish.name, &wish.call).await?
            && let Some(other) = self.make_room(wish, queued).await?
        {
            return Ok(other);
        }
        match self.put_and_deliver(wish).await {
            // It may have been done. If the service has nothing of the kind, it never was, and can be sent anew; what it has, but is
            // decided, may be older.
            Err(error @ (ServiceError::Stale | ServiceError::NotQueued)) => match self.current(wish).await? {
                Some(current) if current.is_under_way => Ok(current),
                Some(_) => Err(error),
                None => {
                    self.outbox.clear(wish.name).await?;
                    self.put_and_deliver(wish).await
                }
            },
            // Perhaps used up by the same thing, whose answer was lost.
            Err(error) if cites_what_is_gone(&error) => match self.under_way(wish).await {
                Ok(Some(open)) => Ok(open),
                Ok(None) | Err(_) => Err(error),
            },
            delivered => delivered,
        }
    }

    /// Deals with what is in under the name. Another one of the kind that is under way, if there is one: then nothing goes out.
    async fn make_room(&self, wish: &Wish, queued: Queued) -> Result<Option<Said>, ServiceError> {
        let Queued { is_same, is_sent, is_answered } = queued;
        // The answer to a wish of long ago is none to today's.
        let is_of_now = !(wish.is_state && is_answered);
        if is_same && is_of_now {
            return Ok(None);
        }
        if !is_same && is_sent {
            match self.deliver(wish).await {
                Ok(_) | Err(ServiceError::Stale | ServiceError::NotQueued) => {
                    if let Some(open) = self.under_way(wish).await? {
                        return Ok(Some(open));
                    }
                }
                Err(error) if error.is_answer() => {}
                Err(error) => return Err(error),
            }
        }
        self.outbox.clear(wish.name).await?;
        Ok(None)
    }

    async fn put_and_deliver(&self, wish: &Wish) -> Result<Said, ServiceError> {
        match self.outbox.put_envelope(wish.name, &wish.call, Changes::new()).await {
            Ok(()) | Err(ServiceError::AlreadyQueued) => self.deliver(wish).await,
            Err(error) => Err(error),
        }
    }

    async fn deliver(&self, wish: &Wish) -> Result<Said, ServiceError> {
        (wish.read)(&self.outbox.deliver_body(wish.name).await?)
    }

    async fn under_way(&self, wish: &Wish) -> Result<Option<Said>, ServiceError> {
        Ok(self.current(wish).await?.filter(|said| said.is_under_way))
    }

    /// What the service has of that kind, if it has anything.
    async fn current(&self, wish: &Wish) -> Result<Option<Said>, ServiceError> {
        let Some(question) = &wish.question else { return Ok(None) };
        match self.link.ask(question).await {
            Ok(answer) => (wish.read)(&answer).map(Some),
            Err(ServiceError::Server(problem)) if problem.code == Code::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn cites_what_is_gone(error: &ServiceError) -> bool {
    let ServiceError::Server(problem) = error else { return false };
    matches!(
        problem.code,
        Code::OtpGone | Code::PasswordGone | Code::PortraitGone | Code::ApplicationOpen | Code::NotAmendable
    )
}

impl Lasting for ApplicationRequest {
    const NAME: &'static str = "application";
    const IS_STATE: bool = false;

    fn outcome(answer: Application) -> Outcome {
        Outcome::Application(answer)
    }

    fn question(&self) -> Option<Question<Application>> {
        Some(Question::of(&CurrentApplicationRequest {}))
    }

    fn is_under_way(answer: &Application) -> bool {
        answer.state == ApplicationState::InReview
    }
}

impl Lasting for AmendRequest {
    const NAME: &'static str = "amendment";
    const IS_STATE: bool = false;

    fn outcome(answer: Application) -> Outcome {
        Outcome::Application(answer)
    }

    fn question(&self) -> Option<Question<Application>> {
        Some(Question::of(&ApplicationStatusRequest { application: self.application }))
    }

    fn is_under_way(answer: &Application) -> bool {
        answer.state == ApplicationState::InReview
    }
}

impl Lasting for ActivationRequest {
    const NAME: &'static str = "activation";
    const IS_STATE: bool = false;

    fn outcome(answer: Activation) -> Outcome {
        Outcome::Activation(answer)
    }

    fn question(&self) -> Option<Question<Activation>> {
        Some(Question::of(&CurrentActivationRequest {}))
    }

    fn is_under_way(answer: &Activation) -> bool {
        answer.state == ActivationState::Comparing
    }
}

impl Lasting for RecoveryRequest {
    const NAME: &'static str = "recovery";
    const IS_STATE: bool = false;

    fn outcome(answer: Recovery) -> Outcome {
        Outcome::Recovery(answer)
    }

    fn question(&self) -> Option<Question<Recovery>> {
        Some(Question::of(&CurrentRecoveryRequest {}))
    }

    fn is_under_way(answer: &Recovery) -> bool {
        answer.state == RecoveryState::Comparing
    }
}

/// Calls that say what is to be: sent again, they change nothing.
macro_rules! states {
    ($($call:ident $name:literal $outcome:ident,)*) => { $(
        impl Lasting for $call {
            const NAME: &'static str = $name;
            const IS_STATE: bool = true;

            fn outcome(answer: Self::Answer) -> Outcome {
                Outcome::$outcome(answer)
            }

            fn question(&self) -> Option<Question<Self::Answer>> {
                None
            }

            fn is_under_way(_answer: &Self::Answer) -> bool {
                false
            }
        }
    )* };
}

states! {
    LockRequest "lock" Account,
    WithdrawConsentRequest "withdrawal" Withdrawn,
    ExportRequest "export" Export,
    DeletionRequest "deletion" Deletion,
}
