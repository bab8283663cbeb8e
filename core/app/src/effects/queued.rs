//! Calls that must have one effect, whatever happens: they go through the outbox, one of a kind at a time, under a name of their own.
//!
//! After a kill or a failure the journeys ask for the same again, and it goes on with what is in the outbox. If they ask for something
//! else of that kind, say with a corrected entry, what was never sent gives way at once. What was sent may have had its effect: it is seen
//! through first, and only if nothing of that kind is under way with the service then, the new one goes out.
//!
//! What is answered, or refused for good, leaves the outbox in the very commit that lets the model know.

use citizen_journeys::Outcome;
use citizen_protocol::wire::{
    Activation, ActivationRequest, ActivationState, AmendRequest, Application, ApplicationRequest, ApplicationState,
    ApplicationStatusRequest, Call, Code, CurrentActivationRequest, CurrentApplicationRequest, CurrentRecoveryRequest,
    DeletionRequest, ExportRequest, LockRequest, Recovery, RecoveryRequest, RecoveryState, WithdrawConsentRequest,
};
use citizen_service::{Link, Queued, ServiceError};
use citizen_vault::Changes;

use super::{Came, Service, Then, failure};

/// A call of the outbox.
pub(super) trait Lasting: Call<Answer: Send> + Send + Sync + Sized {
    /// Its name there.
    const NAME: &'static str;
    /// Whether asking twice is asking once: it says what is to be, not what is to happen.
    const IS_STATE: bool;

    /// What the journeys hear.
    fn outcome(answer: Self::Answer) -> Outcome;

    /// What the service has of that kind from this phone.
    fn current(&self, link: &Link) -> impl Future<Output = Result<Option<Self::Answer>, ServiceError>> + Send;

    /// Whether it is being worked on.
    fn is_under_way(answer: &Self::Answer) -> bool;
}

impl Service {
    /// Has a call take its effect, once.
    pub(super) async fn see_through<C: Lasting>(&self, call: &C) -> Came {
        let _turn = self.turns.take(C::NAME).await;
        match self.delivered(call).await {
            Ok(answer) => (C::outcome(answer), Then::Forget(C::NAME)),
            Err(error) => {
                // What is stale stays so: what follows is for the journeys to find out, and to begin anew.
                let is_over = error.is_answer() || matches!(error, ServiceError::Stale | ServiceError::NotQueued);
                let then = if is_over { Then::Forget(C::NAME) } else { Then::Nothing };
                (Outcome::Failed(failure::of(error)), then)
            }
        }
    }

    async fn delivered<C: Lasting>(&self, call: &C) -> Result<C::Answer, ServiceError> {
        if let Some(queued) = self.outbox.queued(C::NAME, call).await?
            && let Some(other) = self.make_room(call, queued).await?
        {
            return Ok(other);
        }
        match self.put_and_deliver(call).await {
            // It may have been done. If the service has nothing of the kind, it never was, and can be sent anew; what it has, but is
            // decided, may be older.
            Err(error @ (ServiceError::Stale | ServiceError::NotQueued)) => match call.current(&self.link).await? {
                Some(current) if C::is_under_way(&current) => Ok(current),
                Some(_) => Err(error),
                None => {
                    self.outbox.clear(C::NAME).await?;
                    self.put_and_deliver(call).await
                }
            },
            // Perhaps used up by the same thing, whose answer was lost.
            Err(error) if cites_what_is_gone(&error) => match self.under_way(call).await {
                Ok(Some(open)) => Ok(open),
                Ok(None) | Err(_) => Err(error),
            },
            delivered => delivered,
        }
    }

    /// Deals with what is in under the name. Another one of the kind that is under way, if there is one: then nothing goes out.
    async fn make_room<C: Lasting>(&self, call: &C, queued: Queued) -> Result<Option<C::Answer>, ServiceError> {
        let Queued { is_same, is_sent, is_answered } = queued;
        // The answer to a wish of long ago is none to today's.
        let is_of_now = !(C::IS_STATE && is_answered);
        if is_same && is_of_now {
            return Ok(None);
        }
        if !is_same && is_sent {
            match self.outbox.deliver_kept::<C>(C::NAME).await {
                Ok(_) | Err(ServiceError::Stale | ServiceError::NotQueued) => {
                    if let Some(open) = self.under_way(call).await? {
                        return Ok(Some(open));
                    }
                }
                Err(error) if error.is_answer() => {}
                Err(error) => return Err(error),
            }
        }
        self.outbox.clear(C::NAME).await?;
        Ok(None)
    }

    async fn put_and_deliver<C: Lasting>(&self, call: &C) -> Result<C::Answer, ServiceError> {
        match self.outbox.put(C::NAME, call, Changes::new()).await {
            Ok(()) | Err(ServiceError::AlreadyQueued) => self.outbox.deliver_kept::<C>(C::NAME).await,
            Err(error) => Err(error),
        }
    }

    async fn under_way<C: Lasting>(&self, call: &C) -> Result<Option<C::Answer>, ServiceError> {
        Ok(call.current(&self.link).await?.filter(C::is_under_way))
    }
}

fn cites_what_is_gone(error: &ServiceError) -> bool {
    let ServiceError::Server(problem) = error else { return false };
    matches!(
        problem.code,
        Code::OtpGone | Code::PasswordGone | Code::PortraitGone | Code::ApplicationOpen | Code::NotAmendable
    )
}

/// What the service has, if it has anything.
async fn found<C: Call>(link: &Link, call: &C) -> Result<Option<C::Answer>, ServiceError> {
    match link.call(call).await {
        Ok(answer) => Ok(Some(answer)),
        Err(ServiceError::Server(problem)) if problem.code == Code::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

impl Lasting for ApplicationRequest {
    const NAME: &'static str = "application";
    const IS_STATE: bool = false;

    fn outcome(answer: Application) -> Outcome {
        Outcome::Application(answer)
    }

    async fn current(&self, link: &Link) -> Result<Option<Application>, ServiceError> {
        found(link, &CurrentApplicationRequest {}).await
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

    async fn current(&self, link: &Link) -> Result<Option<Application>, ServiceError> {
        found(link, &ApplicationStatusRequest { application: self.application }).await
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

    async fn current(&self, link: &Link) -> Result<Option<Activation>, ServiceError> {
        found(link, &CurrentActivationRequest {}).await
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

    async fn current(&self, link: &Link) -> Result<Option<Recovery>, ServiceError> {
        found(link, &CurrentRecoveryRequest {}).await
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

            async fn current(&self, _link: &Link) -> Result<Option<Self::Answer>, ServiceError> {
                Ok(None)
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
