//! Two phones, from outside: each step of a transfer as a request, signed and kept.

use citizen_encoding::Writer;
use citizen_keystore::{AttestationFormat, KeyLevel};
use citizen_protocol::ledger::{Entry, Head, HeadStatement, Kind};
use citizen_protocol::transfer::{Accept, Commit, DeviceKeys, SignedEndorsement, VALID_S, attestation_hash};
use citizen_protocol::wire::{
    AcceptRequest, Blob, BoxPutRequest, BoxSide, Bytes32, Bytes64, Bytes91, Call, CommitRequest, CreateTransferRequest,
    Credential, EndorseRequest, Id, JoinRequest, KeyEvidence, MessagePlatform, Method, NewTransfer, OtpChallenge,
    OtpChannel, Secret, Session as Token, TokenRequest, TransferOtpRequest, VaultChunkPutRequest, VaultRequest,
};
use citizen_sandbox::{Citizen, Sandbox};
use rusqlite::Connection;

use crate::client::Reply;
use crate::phone::{Draft, Phone, Session, Signed};
use crate::registered::{apply, ok};

pub(crate) const MANIFEST: [u8; 32] = [9; 32];
const H: [u8; 32] = [7; 32];

/// A holder's phone, another one, and what they sent.
pub(crate) struct Mover<'a> {
    pub(crate) old: Session<'a>,
    pub(crate) new: Session<'a>,
    pub(crate) citizen: Citizen,
    token: String,
    head: Head,
    account: Id,
    begun: Option<NewTransfer>,
    challenge: [u8; 32],
    endorsement: Option<SignedEndorsement>,
    /// As they went out, in order: by the old phone or not, and what was in them.
    pub(crate) sent: Vec<(bool, Draft, Signed)>,
}

/// The two phones while there is no service.
pub(crate) struct Apart {
    old: Phone,
    new: Phone,
    citizen: Citizen,
    token: String,
    head: Head,
    account: Id,
    begun: Option<NewTransfer>,
    challenge: [u8; 32],
    endorsement: Option<SignedEndorsement>,
}

impl Apart {
    /// They reach it again.
    pub(crate) fn at(self, sandbox: &Sandbox) -> Mover<'_> {
        let Self { old, new, citizen, token, head, account, begun, challenge, endorsement } = self;
        let session = |phone| Session { phone, ..Session::new(sandbox) };
        let (old, new) = (session(old), session(new));
        Mover { old, new, citizen, token, head, account, begun, challenge, endorsement, sent: Vec::new() }
    }
}

impl<'a> Mover<'a> {
    /// Registered and signed in.
    pub(crate) fn new(sandbox: &'a Sandbox, citizen: Citizen) -> Self {
        let mut old = Session::registered(sandbox);
        apply(&mut old, &citizen);
        let draft = draft(&mut old, &TokenRequest { generation: 0 }, None);
        let token: Token = read(&old.send(&draft));
        let stated = HeadStatement::decode(&token.ledger.bytes.0).unwrap();
        let mut new = Session::new(sandbox);
        let challenge = challenge(&mut new);
        let token_text = token.access_token.reveal().to_owned();
        let (head, account) = (stated.head, stated.account);
        Self {
            old,
            new,
            citizen,
            token: token_text,
            head,
            account,
            begun: None,
            challenge,
            endorsement: None,
            sent: Vec::new(),
        }
    }

    pub(crate) fn transfer(&self) -> Id {
        self.begun.as_ref().unwrap().transfer
    }

    /// Sends a call of the old phone, or of the new one.
    fn send<C: Call>(&mut self, is_old: bool, call: &C) -> Reply {
        let token = (C::CREDENTIAL == Credential::Session).then(|| self.token.clone());
        let session = if is_old { &mut self.old } else { &mut self.new };
        let draft = draft(session, call, token);
        let signed = session.phone.sign(&draft, session.sandbox.identity());
        let reply = signed.send(&mut session.client).unwrap();
        self.sent.push((is_old, draft, signed));
        reply
    }

    pub(crate) fn create(&mut self) {
        let reply = self.send(true, &CreateTransferRequest {});
        self.begun = Some(read(&reply));
    }

    pub(crate) fn join_request(&self) -> JoinRequest {
        join_by(&self.new, self.challenge, self.transfer())
    }

    pub(crate) fn join(&mut self) {
        let request = self.join_request();
        ok(&self.send(false, &request));
    }

    /// With other keys, for another transfer.
    pub(crate) fn join_anew(&mut self) {
        self.new.phone = Phone::new();
        self.challenge = challenge(&mut self.new);
        self.join();
    }

    /// Both write a slot, and the old phone endorses: it scanned.
    pub(crate) fn endorse(&mut self) {
        let transfer = self.transfer();
        for (is_old, side) in [(false, BoxSide::N2o), (true, BoxSide::O2n)] {
            ok(&self.send(is_old, &BoxPutRequest { transfer, side, slot: 0, bytes: b"sealed".to_vec() }));
        }
        let (old, new) = (keys(&self.old.phone), keys(&self.new.phone));
        let nonce = self.begun.as_ref().unwrap().server_nonce.0;
        let issued = self.old.sandbox.now().0;
        let text = Writer::default().lp(b"EID-XFER-ENDORSE/1").lp(&self.account.0).lp(&transfer.0);
        let text = text.lp(&old.device().0).lp(&old.hash()).lp(&new.encode()).lp(&attestation_hash(&[], None)).lp(&H);
        let text = text.lp(&nonce).lp(&self.head.seq.to_be_bytes()).lp(&self.head.hash).lp(&issued.to_be_bytes());
        let text = text.lp(&(issued + VALID_S).to_be_bytes()).lp(&[1]).lp(&1u32.to_be_bytes()).done();
        let signature = self.old.phone.sign_bytes(&text);
        self.endorsement = Some(SignedEndorsement::read(&text, &signature).unwrap());
        let request = EndorseRequest { transfer, endorsement: Blob(text), signature: Bytes64(signature) };
        ok(&self.send(true, &request));
    }

    fn hash(&self) -> [u8; 32] {
        self.endorsement.unwrap().hash()
    }

    pub(crate) fn accept(&mut self) {
        let (transfer, endorsement) = (self.transfer(), Bytes32(self.hash()));
        let (channel, platform) = (OtpChannel::Sms, MessagePlatform::Plain);
        let asked = TransferOtpRequest { transfer, endorsement, channel, platform, model: "Hươu Sao 6".into() };
        let reply = self.send(false, &asked);
        let otp_challenge = read::<OtpChallenge>(&reply).id;
        let body = self.old.sandbox.messages(&self.citizen.phone).last().unwrap().body.clone();
        let text = Accept { transfer, endorsement: self.hash(), handshake: H, challenge: self.challenge };
        let dev = KeyEvidence {
            spki: Blob(self.new.phone.key.spki().to_vec()),
            level: KeyLevel::Software,
            format: AttestationFormat::Unattested,
            attestation: Blob::default(),
        };
        let (code, signature) = (Secret::new(body[..6].into()), self.new.phone.sign_bytes(&text.encode()));
        let signature = Bytes64(signature);
        ok(&self
            .send(false, &AcceptRequest { transfer, endorsement, dev, auth: None, otp_challenge, code, signature }));
    }

    pub(crate) fn ship(&mut self) {
        let transfer = self.transfer();
        ok(&self.send(true, &VaultRequest { transfer, manifest: Bytes32(MANIFEST), total: 1 }));
        ok(&self.send(true, &VaultChunkPutRequest { transfer, index: 0, bytes: vec![5; 100] }));
    }

    pub(crate) fn commit_request(&self) -> CommitRequest {
        let (transfer, endorsement) = (self.transfer(), self.hash());
        let text = Commit { transfer, endorsement, manifest: MANIFEST, handshake: H }.encode();
        CommitRequest { transfer, manifest: Bytes32(MANIFEST), signature: Bytes64(self.new.phone.sign_bytes(&text)) }
    }

    pub(crate) fn commit(&mut self) -> Reply {
        let request = self.commit_request();
        self.send(false, &request)
    }

    /// Everything before the commit.
    pub(crate) fn shipped(sandbox: &'a Sandbox, citizen: Citizen) -> Self {
        let mut it = Self::new(sandbox, citizen);
        it.create();
        it.join();
        it.endorse();
        it.accept();
        it.ship();
        it
    }

    /// A call, signed and not sent.
    pub(crate) fn signed<C: Call>(&mut self, is_old: bool, call: &C) -> Signed {
        let session = if is_old { &mut self.old } else { &mut self.new };
        let draft = draft(session, call, None);
        session.phone.sign(&draft, session.sandbox.identity())
    }

    /// A call whose answer may take a while.
    pub(crate) fn ask<C: Call>(&mut self, is_old: bool, call: &C) -> Reply {
        let signed = self.signed(is_old, call);
        let session = if is_old { &mut self.old } else { &mut self.new };
        signed.send(&mut session.client).unwrap()
    }

    /// What the account's ledger says.
    pub(crate) fn kinds(&self) -> Vec<Kind> {
        let db = Connection::open(self.old.sandbox.data().join("sandbox.db")).unwrap();
        let mut entries = db.prepare("SELECT bytes FROM ledger WHERE account = ?1 ORDER BY seq").unwrap();
        let bytes = entries.query_map([self.account.0], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        bytes.map(|bytes| Entry::decode(&bytes.unwrap()).unwrap().kind).collect()
    }

    /// Which phone the account is served on.
    pub(crate) fn served(&self) -> Option<Id> {
        self.old.sandbox.served_device(&self.citizen.number)
    }

    /// Before the service stops.
    pub(crate) fn apart(self) -> Apart {
        let Self { old, new, citizen, token, head, account, begun, challenge, endorsement, sent: _ } = self;
        Apart { old: old.phone, new: new.phone, citizen, token, head, account, begun, challenge, endorsement }
    }
}

/// A request that carries what the call does.
pub(crate) fn draft<C: Call>(session: &mut Session<'_>, call: &C, token: Option<String>) -> Draft {
    let mut draft = session.draft(C::METHOD.as_str(), &call.path(), None);
    draft.token = token;
    if let Some(bytes) = call.raw() {
        (draft.body, draft.media_type) = (bytes, "application/octet-stream");
    } else if C::METHOD == Method::Post {
        draft.body = serde_json::to_vec(call).unwrap();
    }
    draft
}

/// An enrolment challenge's bytes.
pub(crate) fn challenge(session: &mut Session<'_>) -> [u8; 32] {
    let text = session.challenge();
    let challenge: Bytes32 = serde_json::from_value(text.into()).unwrap();
    challenge.0
}

/// What joins by this phone's key.
pub(crate) fn join_by(session: &Session<'_>, challenge: [u8; 32], transfer: Id) -> JoinRequest {
    let dev = Bytes91(*session.phone.key.spki());
    JoinRequest { transfer, challenge: Bytes32(challenge), dev, flags: 2, qr_a: Bytes32([3; 32]) }
}

/// Without a lock screen, as these phones are registered.
pub(crate) fn keys(phone: &Phone) -> DeviceKeys {
    DeviceKeys { dev: phone.key, auth: None }
}

pub(crate) fn read<T: serde::de::DeserializeOwned>(reply: &Reply) -> T {
    serde_json::from_value(ok(reply)).unwrap()
}
