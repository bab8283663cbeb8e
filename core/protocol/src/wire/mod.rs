//! Wire types: JSON as it crosses, and the calls that carry it.
//!
//! A reader of answers ignores fields it does not know; the service refuses them in requests.

mod account;
mod activation;
mod application;
mod call;
mod consent;
mod device;
mod lost_phone;
mod otp;
mod password;
mod policy;
mod portrait;
mod privacy;
mod problem;
mod recovery;
mod session;
mod transfer;
mod trust;
mod value;

pub use account::{AccountLevel, AccountLock, AccountRequest, AccountSummary, LockRequest, LockedBy};
pub use activation::{
    Activation, ActivationReason, ActivationReasonCode, ActivationRequest, ActivationState, ActivationStatusRequest,
    CurrentActivationRequest,
};
pub use application::{
    AmendRequest, Application, ApplicationRequest, ApplicationState, ApplicationStatusRequest, CardDetails, CardSource,
    CurrentApplicationRequest, Reason, ReasonCode, Remedy, StepKind, StepState, TimedStep, WireField,
};
pub use call::{Call, Credential, Delivery, Empty, Method, RawBody};
pub use consent::{Consent, WithdrawConsentRequest, Withdrawal};
pub use device::{
    ApprovalChange, Device, DeviceRequest, EnrolChallenge, EnrolChallengeRequest, KeyEvidence, NewDeviceKey,
    RekeyRequest, Rekeyed,
};
pub use lost_phone::{
    Bound, CurrentDeviceRecoveryRequest, DeviceRecovery, DeviceRecoveryRequest, DeviceRecoveryState,
    DeviceRecoveryStatusRequest, OfficeBindingRequest, RecoveryCodeRequest, RecoveryMethod, SavedRecoveryCode,
    VetoRequest,
};
pub use otp::{
    MessagePlatform, OtpChallenge, OtpChallengeRequest, OtpChannel, OtpContext, OtpPurpose, OtpResendRequest,
    OtpSubject, OtpVerified, OtpVerifyRequest,
};
pub use password::{PasswordReference, PasswordRequest};
pub use policy::{Policy, PolicyRequest, Purpose, PurposePolicy, Recipient};
pub use portrait::{PortraitPartRequest, PortraitProgress, PortraitRequest, PortraitStatusRequest};
pub use privacy::{Deletion, DeletionRequest, Export, ExportRequest, PrivacyStatus, PrivacyStatusRequest};
pub use problem::{Code, FieldProblem, Next, Problem};
pub use recovery::{CurrentRecoveryRequest, Recovery, RecoveryRequest, RecoveryState, RecoveryStatusRequest};
pub use session::{Session, SignIn, SignInRequest, SignOutRequest, TokenRequest};
pub use transfer::{
    AcceptRequest, BoxContent, BoxGetRequest, BoxPutRequest, BoxSide, CancelTransferRequest, CommitRequest,
    CreateTransferRequest, EndorseRequest, FreezeRequest, Frozen, JoinRequest, Joined, NewTransfer, TransferEnd,
    TransferOtpRequest, TransferPolicy, TransferState, TransferStatus, TransferStatusRequest, VaultChunk,
    VaultChunkGetRequest, VaultChunkPutRequest, VaultProgress, VaultRequest,
};
pub use trust::{LedgerPage, LedgerRequest, SignedBytes, TrustDocuments, TrustRequest};
pub use value::{Blob, Bytes32, Bytes64, Bytes91, Id, Secret, UnixTime};
