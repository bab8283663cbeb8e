//! A whole transfer in memory. What the service does is left out of the time; what the phones sign for their calls is in it.

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use citizen_phone::RawKey;
use citizen_protocol::digest;
use citizen_protocol::ledger::Head;
use citizen_protocol::signature::{Covered, IdempotencyKey, Nonce, Parameters, ToSign, target_uri};
use citizen_protocol::transfer::keys::VaultKey;
use citizen_protocol::transfer::{
    Accept, Agreed, Arrivals, Caps, Commit, DeviceKeys, Endorsement, Export, Home, Join, Met, Offers, OldPhone, Peer,
    Receipt, Scanned, SignedEndorsement, VerifiedReceipt, Words,
};
use citizen_protocol::trust::{Env, Period, Set, StatementKey, StatementKeys};
use citizen_protocol::wire::{Id, SignedBytes, UnixTime};
use ring::rand::SystemRandom;

const HOME: Home<'static> = Home { env: Env::Test, host: "eid.example.vn" };
const TRANSFER: Id = Id([0x7a; 16]);
const ACCOUNT: Id = Id([0xac; 16]);
const SERVER_NONCE: [u8; 32] = [0x5e; 32];
const CHALLENGE: [u8; 32] = [0xc4; 32];
/// 2026-11-22 00:00:00 UTC.
const NOW: UnixTime = UnixTime(1_795_305_600);

/// Calls of both phones between the scan and the receipt, where none is repeated: the seventeen of `docs/protocol.md` behind
/// `transfers`, and five looks at the status.
const CALLS: u32 = 22;
/// Bytes of a call's body, and of a vault with a card, its documents and a year of history.
const BODY: usize = 600;
const VAULT: usize = 32 << 10;

pub(crate) struct Course {
    old: Phone,
    new: Phone,
    service: RawKey,
    statements: StatementKeys,
    random: SystemRandom,
}

struct Phone {
    dev: RawKey,
    auth: RawKey,
}

impl Phone {
    fn new() -> Self {
        Self { dev: RawKey::new(), auth: RawKey::new() }
    }

    fn keys(&self) -> DeviceKeys {
        DeviceKeys { dev: self.dev.public(), auth: Some(self.auth.public()) }
    }
}

impl Course {
    pub(crate) fn new() -> Result<Self> {
        let (root, service) = (RawKey::new(), RawKey::new());
        let period = Period { from: UnixTime(NOW.0 - 1000), to: UnixTime(NOW.0 + 1000) };
        let row = StatementKey { kid: "s1".into(), key: service.public(), period };
        let set = Set { env: Env::Test, version: 1, rows: vec![row] };
        let signed = set.sign(|bytes| root.sign(bytes))?;
        let statements = StatementKeys::verified(&signed, &root.public(), Env::Test)?;
        Ok(Self { old: Phone::new(), new: Phone::new(), service, statements, random: SystemRandom::new() })
    }

    /// How long both phones were at it.
    pub(crate) fn run(&self) -> Result<Duration> {
        let offers = Offers::first(HOME, TRANSFER, NOW, &self.random)?;
        let shown = offers.shown().text();

        let start = Instant::now();
        let (agreed, met) = self.meet(offers, &shown)?;
        let signed = self.endorse(&agreed, &met)?;
        let commit = self.send(&agreed, &met, &signed)?;
        for call in 0..CALLS {
            self.sign_a_call(call)?;
        }
        let before = start.elapsed();

        let receipt = self.receipt(&signed, &commit)?;
        let start = Instant::now();
        for _phone in 0..2 {
            VerifiedReceipt::verified(&receipt, &self.statements, &signed)?;
        }
        Ok(before + start.elapsed())
    }

    /// From the scan to one channel.
    fn meet(&self, offers: Offers, shown: &str) -> Result<(Agreed, Met)> {
        let scanned = Scanned::read(shown, HOME, NOW, &self.random)?;
        let join = Join { flags: scanned.flags(), qr_a: scanned.qr_hash(), at: NOW };
        let words = |text| Words::new(text).context("words");
        let peer = Peer {
            keys: self.new.keys(),
            attest_hash: [0xa7; 32],
            model: words("Galaxy A12")?,
            os: words("Android 11")?,
            app_version: words("1.0")?,
            caps: Caps::VAULT,
        };
        let replied = scanned.reply(peer)?;
        let offer = offers.joined(&join)?;
        let answered = offer.receive(replied.message())?;
        let agreed = answered.ok(words("0791••••••18")?, SERVER_NONCE, Caps::VAULT)?;
        let met = replied.confirm(&agreed.message)?;
        Ok((agreed, met))
    }

    /// O scans QR-B and endorses; N opens what came.
    fn endorse(&self, agreed: &Agreed, met: &Met) -> Result<SignedEndorsement> {
        let confirmed = agreed.channel.confirm_scan(&met.channel.qr_b())?;
        let head = Head { seq: 6, hash: [0x1e; 32] };
        let old =
            OldPhone { account: ACCOUNT, keys: self.old.keys(), caps: Caps::VAULT, server_nonce: SERVER_NONCE, head };
        let endorsement = Endorsement::new(&old, &agreed.peer, &agreed.channel, confirmed, NOW);
        let signed = SignedEndorsement { endorsement, signature: self.old.auth.sign(&endorsement.encode()) };
        let slot = agreed.channel.seal_endorsement(&signed)?;
        let arrived = met.channel.open_endorsement(&slot)?;
        arrived.endorsement.fits_new_phone(&met.known, NOW)?;
        Ok(arrived)
    }

    /// N accepts, the vault's export travels, N commits.
    fn send(&self, agreed: &Agreed, met: &Met, signed: &SignedEndorsement) -> Result<Commit> {
        let handshake = met.channel.handshake();
        let accept = Accept { transfer: TRANSFER, endorsement: signed.hash(), handshake, challenge: CHALLENGE };
        black_box(self.new.auth.sign(&accept.encode()));

        let key = VaultKey::random(&self.random)?;
        let export = Export::new(TRANSFER, key, vec![7; VAULT].into())?;
        let slot = agreed.channel.seal_vault_grant(&export.grant())?;
        let grant = met.channel.open_vault_grant(&slot)?;
        let shipment = *export.shipment();
        let mut arrivals = Arrivals::new(shipment);
        for index in 0..shipment.total() {
            let sealed = export.sealed(index)?;
            let chunk = shipment.open(&grant.key, index, &sealed)?;
            arrivals.put(chunk)?;
        }
        ensure!(arrivals.join()?.len() == VAULT, "the whole export");

        let commit =
            Commit { transfer: TRANSFER, endorsement: signed.hash(), manifest: grant.manifest_hash, handshake };
        black_box(self.new.dev.sign(&commit.encode()));
        Ok(commit)
    }

    /// The service's part.
    fn receipt(&self, signed: &SignedEndorsement, commit: &Commit) -> Result<SignedBytes> {
        ensure!(commit.endorsement == signed.hash(), "what was committed is what was endorsed");
        Ok(Receipt::new(signed, NOW).sign("s1", |bytes| self.service.sign(bytes)))
    }

    /// One call's digest, signature base and signature.
    fn sign_a_call(&self, nth: u32) -> Result<()> {
        let key = if nth.is_multiple_of(2) { &self.old.dev } else { &self.new.dev };
        let content_digest = digest::content_digest(&[b'x'; BODY]);
        let idempotency_key = IdempotencyKey(Id(u128::from(nth).to_be_bytes())).header();
        let covered = Covered {
            method: "POST",
            target_uri: &target_uri(HOME.host, "/v1/transfers/enp6enp6enp6enp6enp6eg/endorse"),
            content_digest: &content_digest,
            idempotency_key: Some(&idempotency_key),
            authorization: None,
        };
        let nonce = Nonce::new("AAAAAGkhbYAx2fkX0Q", u128::from(nth).to_be_bytes()).context("a nonce")?;
        let parameters = Parameters { created: NOW, nonce, keyid: key.public().thumbprint() };
        let to_sign = ToSign::new(&covered, &parameters).context("headers of one line each")?;
        black_box(to_sign.signed(&key.sign(to_sign.base().as_bytes())));
        Ok(())
    }
}
