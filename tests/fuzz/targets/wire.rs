//! Any bytes are each of the wire's types, which then comes back as it went, or an error.

#![no_main]

use citizen_protocol::json::read;
use citizen_protocol::otp::challenge::checked;
use citizen_protocol::wire::{
    AcceptRequest, AccountSummary, AmendRequest, Application, ApplicationRequest, BoxContent, CancelTransferRequest,
    CommitRequest, CreateTransferRequest, Device, DeviceRequest, Empty, EndorseRequest, EnrolChallenge,
    EnrolChallengeRequest, FreezeRequest, Frozen, JoinRequest, LedgerPage, LockRequest, NewTransfer, OtpChallenge,
    OtpChallengeRequest, OtpVerified, OtpVerifyRequest, PasswordReference, PasswordRequest, PortraitProgress,
    PortraitRequest, Problem, Recovery, RecoveryRequest, RekeyRequest, Rekeyed, Session, SignIn, SignInRequest,
    TokenRequest, TransferOtpRequest, TransferStatus, TrustDocuments, UnixTime, VaultChunk, VaultProgress,
    VaultRequest,
};
use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use serde::de::DeserializeOwned;

macro_rules! each {
    ($bytes:expr; $($type:ty),*) => {
        $(same::<$type>($bytes);)*
    };
}

fuzz_target!(|bytes: &[u8]| {
    each!(bytes;
        AcceptRequest, AccountSummary, AmendRequest, Application, ApplicationRequest, BoxContent, CancelTransferRequest,
        CommitRequest, CreateTransferRequest, Device, DeviceRequest, Empty, EndorseRequest, EnrolChallenge,
        EnrolChallengeRequest, FreezeRequest, Frozen, JoinRequest, LedgerPage, LockRequest, NewTransfer,
        OtpChallengeRequest, OtpVerified, OtpVerifyRequest, PasswordReference, PasswordRequest, PortraitProgress,
        PortraitRequest, Problem, Recovery, RecoveryRequest, RekeyRequest, Rekeyed, Session, SignIn, SignInRequest,
        TokenRequest, TransferOtpRequest, TransferStatus, TrustDocuments, VaultChunk, VaultProgress, VaultRequest
    );
    if let Some(challenge) = same::<OtpChallenge>(bytes) {
        let _ = checked(challenge, UnixTime(1_795_305_600));
    }
});

fn same<T: Serialize + DeserializeOwned + PartialEq>(bytes: &[u8]) -> Option<T> {
    let value: T = read(bytes).ok()?;
    let text = serde_json::to_vec(&value).expect("what was read can be written");
    assert!(read::<T>(&text).is_ok_and(|again| again == value));
    Some(value)
}
