//! Two phones and a transfer between them, step by step.

use citizen_encoding::Writer;
use citizen_protocol::enrol::device_id;
use citizen_protocol::ledger::Head;
use citizen_protocol::transfer::{Accept, Check, Commit, DeviceKeys, SignedEndorsement, VALID_S, attestation_hash};
use citizen_protocol::wire::{
    AcceptRequest, Blob, Bytes32, Bytes64, Bytes91, CancelTransferRequest, Code, CommitRequest, CreateTransferRequest,
    EndorseRequest, Id, JoinRequest, KeyEvidence, MessagePlatform, NewTransfer, OtpChannel, Problem, Secret,
    TransferOtpRequest, TransferState, TransferStatus, TransferStatusRequest, UnixTime, VaultChunkPutRequest,
    VaultProgress, VaultRequest,
};
use ring::rand::SystemRandom;
use ring::signature::EcdsaKeyPair;

use crate::population::{Citizen, Kind};
use crate::rules::testing::{Phone, World, evidence, key_pair, public};
use crate::rules::{ledger, transfers};
use crate::work::Caller;

/// h, as both phones know it. To the service it is 32 bytes.
pub(super) const H: [u8; 32] = [7; 32];
pub(super) const MANIFEST: [u8; 32] = [9; 32];

/// A phone that is no account's.
pub(super) struct NewPhone {
    pub(super) dev: EcdsaKeyPair,
    pub(super) auth: EcdsaKeyPair,
    pub(super) challenge: [u8; 32],
    pub(super) caller: Caller,
}

impl NewPhone {
    pub(super) fn new(world: &mut World) -> Self {
        let (dev, auth) = (key_pair(), key_pair());
        let challenge = world.challenge().0.try_into().unwrap();
        let caller = Caller { key: public(&dev), device: None, account: None };
        Self { dev, auth, challenge, caller }
    }

    pub(super) fn keys(&self) -> DeviceKeys {
        DeviceKeys { dev: public(&self.dev), auth: Some(public(&self.auth)) }
    }

    pub(super) fn join(&self, transfer: Id) -> JoinRequest {
        JoinRequest {
            transfer,
            challenge: Bytes32(self.challenge),
            dev: Bytes91(*public(&self.dev).spki()),
            flags: 2,
            qr_a: Bytes32([3; 32]),
        }
    }
}

/// A holder who moves to another phone.
pub(super) struct Move {
    pub(super) world: World,
    pub(super) citizen: Citizen,
    pub(super) old: Phone,
    pub(super) new: NewPhone,
    pub(super) begun: NewTransfer,
    /// Once it was signed.
    pub(super) endorsement: Option<SignedEndorsement>,
}

/// What an endorsement says; a test changes a field.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) account: Id,
    pub(super) transfer: Id,
    pub(super) old_device: Id,
    pub(super) old_keys: [u8; 32],
    pub(super) new_keys: DeviceKeys,
    pub(super) attest_hash: [u8; 32],
    pub(super) server_nonce: [u8; 32],
    pub(super) head: Head,
    pub(super) issued: UnixTime,
    pub(super) check: Check,
}

impl Said {
    fn bytes(&self) -> Vec<u8> {
        let writer = Writer::default().lp(b"EID-XFER-ENDORSE/1").lp(&self.account.0).lp(&self.transfer.0);
        let writer = writer.lp(&self.old_device.0).lp(&self.old_keys).lp(&self.new_keys.encode()).lp(&self.attest_hash);
        let writer = writer.lp(&H).lp(&self.server_nonce).lp(&self.head.seq.to_be_bytes()).lp(&self.head.hash);
        let writer = writer.lp(&self.issued.0.to_be_bytes()).lp(&(self.issued.0 + VALID_S).to_be_bytes());
        writer.lp(&[self.check.code()]).lp(&1u32.to_be_bytes()).done()
    }

    pub(super) fn signed(&self, by: &EcdsaKeyPair) -> SignedEndorsement {
        let bytes = self.bytes();
        SignedEndorsement::read(&bytes, &sign(by, &bytes)).unwrap()
    }
}

pub(super) fn sign(by: &EcdsaKeyPair, bytes: &[u8]) -> [u8; 64] {
    by.sign(&SystemRandom::new(), bytes).unwrap().as_ref().try_into().unwrap()
}

impl Move {
    /// The old phone has begun.
    pub(super) fn begun() -> Self {
        let mut world = World::new();
        let citizen = world.citizen(Kind::Plain, 0);
        let old = world.holder(&citizen);
        let new = NewPhone::new(&mut world);
        let begun = create(&mut world, &old).unwrap();
        Self { world, citizen, old, new, begun, endorsement: None }
    }

    /// The new phone has joined.
    pub(super) fn joined() -> Self {
        let mut it = Self::begun();
        it.join().unwrap();
        it
    }

    /// The old phone has endorsed.
    pub(super) fn endorsed(check: Check) -> Self {
        let mut it = Self::joined();
        let said = Said { check, ..it.said() };
        it.endorse(&said).unwrap();
        it
    }

    /// The new phone has accepted.
    pub(super) fn accepted(check: Check) -> Self {
        let mut it = Self::endorsed(check);
        let request = it.acceptance();
        it.accept(&request).unwrap();
        it
    }

    /// All chunks are there.
    pub(super) fn shipped() -> Self {
        let mut it = Self::accepted(Check::Scanned);
        it.ship();
        it
    }

    /// The account is on the new phone.
    pub(super) fn done() -> Self {
        let mut it = Self::shipped();
        it.commit().unwrap();
        it
    }

    pub(super) fn id(&self) -> Id {
        self.begun.transfer
    }

    pub(super) fn account(&self) -> Id {
        self.old.caller.account.unwrap()
    }

    pub(super) fn join(&mut self) -> Result<TransferStatus, Problem> {
        let (request, caller) = (self.new.join(self.id()), self.new.caller.clone());
        self.world.run(|work| transfers::join(work, &caller, &request))
    }

    pub(super) fn old_keys(&self) -> DeviceKeys {
        DeviceKeys { dev: public(&self.old.dev), auth: Some(public(&self.old.auth)) }
    }

    /// What the old phone says when all is as it should be.
    pub(super) fn said(&mut self) -> Said {
        let (account, keys) = (self.account(), self.old_keys());
        let head = self.world.run(|work| ledger::last(work, account)).unwrap().unwrap();
        Said {
            account,
            transfer: self.id(),
            old_device: keys.device(),
            old_keys: keys.hash(),
            new_keys: self.new.keys(),
            attest_hash: attestation_hash(&[], Some(&[])),
            server_nonce: self.begun.server_nonce.0,
            head,
            issued: self.world.now,
            check: Check::Scanned,
        }
    }

    pub(super) fn endorse(&mut self, said: &Said) -> Result<TransferStatus, Problem> {
        let signed = said.signed(&self.old.auth);
        let status = self.endorse_with(&signed)?;
        self.endorsement = Some(signed);
        Ok(status)
    }

    pub(super) fn endorse_with(&mut self, signed: &SignedEndorsement) -> Result<TransferStatus, Problem> {
        let request = EndorseRequest {
            transfer: self.id(),
            endorsement: Blob(signed.endorsement.encode()),
            signature: Bytes64(signed.signature),
        };
        let caller = self.old.caller.clone();
        self.world.run(|work| transfers::endorse(work, &caller, &request))
    }

    pub(super) fn hash(&self) -> [u8; 32] {
        self.endorsement.unwrap().hash()
    }

    pub(super) fn ask_code(&mut self) -> Result<Id, Problem> {
        let request = TransferOtpRequest {
            transfer: self.id(),
            endorsement: Bytes32(self.hash()),
            channel: OtpChannel::Sms,
            platform: MessagePlatform::Plain,
            model: "Máy Mới 2".into(),
        };
        let caller = self.new.caller.clone();
        self.world.run(|work| transfers::code(work, &caller, request)).map(|challenge| challenge.id)
    }

    /// With a code that was asked for and sent.
    pub(super) fn acceptance(&mut self) -> AcceptRequest {
        let otp_challenge = self.ask_code().unwrap();
        let code = self.world.code_sent_to(&self.citizen.phone);
        self.acceptance_with(otp_challenge, &code)
    }

    pub(super) fn acceptance_with(&self, otp_challenge: Id, code: &str) -> AcceptRequest {
        let (dev, auth): (KeyEvidence, KeyEvidence) = (evidence(&self.new.dev), evidence(&self.new.auth));
        AcceptRequest {
            transfer: self.id(),
            endorsement: Bytes32(self.hash()),
            dev,
            auth: Some(auth),
            otp_challenge,
            code: Secret::new(code.into()),
            signature: Bytes64(sign(&self.new.auth, &self.acceptance_text().encode())),
        }
    }

    pub(super) fn acceptance_text(&self) -> Accept {
        Accept { transfer: self.id(), endorsement: self.hash(), handshake: H, challenge: self.new.challenge }
    }

    pub(super) fn accept(&mut self, request: &AcceptRequest) -> Result<TransferStatus, Problem> {
        let caller = self.new.caller.clone();
        self.world.run(|work| transfers::accept(work, &caller, request))
    }

    pub(super) fn announce(&mut self, manifest: [u8; 32], total: u32) -> Result<VaultProgress, Problem> {
        let request = VaultRequest { transfer: self.id(), manifest: Bytes32(manifest), total };
        let caller = self.old.caller.clone();
        self.world.run(|work| transfers::announce(work, &caller, request))
    }

    pub(super) fn put_chunk(&mut self, index: u32, bytes: &[u8]) -> Result<VaultProgress, Problem> {
        let request = VaultChunkPutRequest { transfer: self.id(), index, bytes: bytes.into() };
        let caller = self.old.caller.clone();
        self.world.run(|work| transfers::put_chunk(work, &caller, &request))
    }

    pub(super) fn ship(&mut self) {
        self.announce(MANIFEST, 2).unwrap();
        for index in 0..2 {
            self.put_chunk(index, &[index as u8; 100]).unwrap();
        }
    }

    pub(super) fn commitment(&self, manifest: [u8; 32]) -> CommitRequest {
        let commit = Commit { transfer: self.id(), endorsement: self.hash(), manifest, handshake: H };
        let signature = Bytes64(sign(&self.new.dev, &commit.encode()));
        CommitRequest { transfer: self.id(), manifest: Bytes32(manifest), signature }
    }

    pub(super) fn commit_with(&mut self, request: CommitRequest) -> Result<TransferStatus, Problem> {
        let caller = self.new.caller.clone();
        self.world.run(|work| transfers::commit(work, &caller, request))
    }

    pub(super) fn commit(&mut self) -> Result<TransferStatus, Problem> {
        self.commit_with(self.commitment(MANIFEST))
    }

    pub(super) fn state_for(&mut self, caller: &Caller) -> TransferState {
        let request = TransferStatusRequest { transfer: self.id() };
        self.world.run(|work| transfers::status(work, caller, request)).unwrap().state
    }

    /// As both phones see it: the same.
    pub(super) fn state(&mut self) -> TransferState {
        let (old, new) = (self.old.caller.clone(), self.new.caller.clone());
        let state = self.state_for(&old);
        assert_eq!(self.state_for(&new), state);
        state
    }

    pub(super) fn cancel_by(&mut self, caller: &Caller) -> TransferStatus {
        let request = CancelTransferRequest { transfer: self.id() };
        self.world.run(|work| transfers::cancel(work, caller, request)).unwrap()
    }

    /// How many phones the account has: one, whatever happened.
    pub(super) fn bound(&self) -> Option<Id> {
        let sql = "SELECT phone FROM accounts WHERE id = ?1";
        self.world.db.query_row(sql, [self.account().0], |row| row.get::<_, Option<[u8; 16]>>(0)).unwrap().map(Id)
    }
}

pub(super) fn create(world: &mut World, old: &Phone) -> Result<NewTransfer, Problem> {
    world.run(|work| transfers::create(work, &old.caller, CreateTransferRequest {}))
}

/// A refusal's code.
pub(super) fn code<T: std::fmt::Debug>(result: Result<T, Problem>) -> Code {
    result.unwrap_err().code
}

/// A phone's name.
pub(super) fn name(pair: &EcdsaKeyPair) -> Id {
    device_id(public(pair).spki())
}
