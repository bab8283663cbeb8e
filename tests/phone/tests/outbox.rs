//! What waits for a network outlives restarts, has one effect, and is not sent again once that could have two.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use citizen_phone::{Phone, invented_portrait};
use citizen_protocol::wire::{ApplicationState, DeviceRequest, LockRequest, Next, PortraitStatusRequest, UnixTime};
use citizen_sandbox::Kind;
use citizen_service::{Clock, ServiceError, SystemClock};
use citizen_vault::Changes;
use common::{Service, blocking};

/// A phone that was lying in a drawer: its clock is ahead by what the test says.
#[derive(Default)]
struct Later(AtomicU64);

impl Clock for Later {
    fn wall(&self) -> UnixTime {
        SystemClock.wall().plus(self.0.load(Ordering::Relaxed))
    }

    fn boot(&self) -> Duration {
        SystemClock.boot() + Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_without_a_network_waits_in_the_vault_and_goes_out_after_a_restart_of_both() {
    let service = Service::start().await;
    let citizen = service.citizen(Kind::Plain, 0);
    let phone = service.phone("phone");
    let application = phone.register(&service.sandbox, &citizen).await.unwrap();
    assert_eq!(application.state, ApplicationState::Approved);
    let Service { sandbox, config, folder } = service;
    blocking(|| sandbox.stop()).await;

    let offline = phone.deliver("lock", &LockRequest {}).await.unwrap_err();
    assert_eq!((offline.next(), offline), (Next::TryLater, ServiceError::Offline));
    drop(phone);

    let sandbox = {
        let config = config.clone();
        blocking(move || citizen_sandbox::Sandbox::start(&config).unwrap()).await
    };
    let service = Service { sandbox, config, folder };
    let phone = service.phone("phone");
    let waiting = phone.outbox.pending().await.unwrap();
    assert_eq!(waiting.iter().map(|item| (item.name.as_str(), item.answered)).collect::<Vec<_>>(), [("lock", false)]);
    let account = phone.outbox.deliver::<LockRequest>("lock").await.unwrap();
    assert!(account.lock.is_some());
    // Its answer is there until it is forgotten: a kill right now would lose nothing.
    assert_eq!(phone.outbox.deliver::<LockRequest>("lock").await.unwrap(), account);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_taken_once_and_what_is_not_there_is_said() {
    let service = Service::start().await;
    let phone = service.phone("phone");
    phone.outbox.put("lock", &LockRequest {}, Changes::new()).await.unwrap();
    let again = phone.outbox.put("lock", &LockRequest {}, Changes::new()).await;
    assert_eq!(again, Err(ServiceError::AlreadyQueued));
    assert_eq!(phone.outbox.deliver::<DeviceRequest>("other").await, Err(ServiceError::NotQueued));
}

/// The service forgets answers after 24 hours: from 23 on the state is asked for, and nothing is sent.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_first_sent_long_ago_is_not_sent_again() {
    let service = Service::start().await;
    let clock = Arc::new(Later::default());
    let setup = citizen_phone::Setup { clock: clock.clone(), ..service.setup() };
    let phone = Phone::start(&service.folder_of("phone"), &setup);
    phone.binding.enrol(&Phone::info()).await.unwrap();
    phone.outbox.put("lock", &LockRequest {}, Changes::new()).await.unwrap();
    let Service { sandbox, .. } = service;
    blocking(|| sandbox.stop()).await;
    assert_eq!(phone.outbox.deliver::<LockRequest>("lock").await, Err(ServiceError::Offline));
    clock.0.store(23 * 3600 + 1, Ordering::Relaxed);
    let stale = phone.outbox.deliver::<LockRequest>("lock").await.unwrap_err();
    assert_eq!((stale.next(), stale), (Next::AskStatus, ServiceError::Stale));
}

/// Started again with its time set back: the call is as old as the service says, and goes out.
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_whose_time_was_set_back_still_sends_what_waits() {
    let service = Service::start().await;
    let phone = service.phone("phone");
    phone.register(&service.sandbox, &service.citizen(Kind::Plain, 0)).await.unwrap();
    let Service { sandbox, config, folder } = service;
    blocking(|| sandbox.stop()).await;
    phone.deliver("lock", &LockRequest {}).await.unwrap_err();
    drop(phone);
    let again = config.clone();
    let sandbox = blocking(move || citizen_sandbox::Sandbox::start(&again).unwrap()).await;
    let service = Service { sandbox, config, folder };
    // Ten minutes: within what a certificate bears, beyond what a signature does.
    let setup = citizen_phone::Setup { clock: Arc::new(SetBack), ..service.setup() };
    let phone = Phone::start(&service.folder_of("phone"), &setup);
    phone.outbox.deliver::<LockRequest>("lock").await.unwrap();
}

/// A phone whose holder set the time back by ten minutes.
struct SetBack;

impl Clock for SetBack {
    fn wall(&self) -> UnixTime {
        UnixTime(SystemClock.wall().0 - 600)
    }

    fn boot(&self) -> Duration {
        SystemClock.boot()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portrait_goes_on_where_it_was_cut_off_and_tells_how_far_it_is() {
    let service = Service::start().await;
    let phone = service.phone("phone");
    phone.binding.enrol(&Phone::info()).await.unwrap();
    let portrait: Vec<u8> = (0..10).flat_map(invented_portrait).collect();
    let size = u32::try_from(portrait.len()).unwrap();

    // Cancelled after the third part, by letting go of it.
    let (parts, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let sending = phone.portraits.send(&portrait, move |progress| {
        let _ = parts.send(progress);
    });
    let third = async {
        for _ in 0..4 {
            heard.recv().await.unwrap();
        }
    };
    tokio::select! { sent = sending => panic!("{sent:?}"), () = third => {} }
    drop(phone);

    let service = service.restarted().await;
    let phone = service.phone("phone");
    let mut progress = Vec::new();
    let id = phone.portraits.send(&portrait, |at| progress.push(at)).await.unwrap();
    assert!(progress[0].received >= 3 * (32 << 10), "{progress:?}");
    assert!(progress.is_sorted_by_key(|at| at.received));
    assert_eq!(progress.last().map(|at| (at.received, at.size)), Some((size, size)));
    let status = phone.link.call(&PortraitStatusRequest { portrait: id }).await.unwrap();
    assert_eq!(status.received, size);
    // All there: nothing is sent again.
    assert_eq!(phone.portraits.send(&portrait, |_| ()).await.unwrap(), id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_is_half_an_hour_ahead_is_put_right_by_the_services_first_answer() {
    let service = Service::start().await;
    let clock = Arc::new(Later::default());
    // Its certificates hold, its signatures don't.
    clock.0.store(1800, Ordering::Relaxed);
    let setup = citizen_phone::Setup { clock, ..service.setup() };
    let phone = Phone::start(&service.folder_of("phone"), &setup);
    let citizen = service.citizen(Kind::Plain, 0);
    phone.register(&service.sandbox, &citizen).await.unwrap();
    assert!(phone.link.now().0.abs_diff(SystemClock.wall().0) <= 2);
}
