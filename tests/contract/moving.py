"""A transfer to another phone, and what helps without the old one, written from docs/protocol.md."""

import hashlib
import secrets
import struct

from phone import Holder, Phone
from signing import Key, Signed, base64url, decoded, lp

HANDSHAKE, MANIFEST = bytes(32), bytes(32)


class NewPhone:
    """Its key signs, and is not registered."""

    token = None

    def __init__(self, world):
        self.key = Key()
        self.challenge = world.open("/v1/enrol-challenges", {})["challenge"]


class Mover(Phone):
    """The phone that an account was registered on a moment ago: it does not cool down. Each step does those before it."""

    def __init__(self, world):
        super().__init__(world)
        self.citizen = world.citizen()
        self.call("POST", "/v1/applications", self.application(self.citizen))
        session = self.call("POST", "/v1/tokens", {"generation": 0})
        self.token = session["access_token"]
        _, self.account, self.seq, self.head, _ = fields(decoded(session["ledger"]["bytes"]))

    def begun(self):
        signed = Signed(self.world.service, self.key, self.token)
        made = self.world.send(signed, "POST", "/v1/transfers", {})
        self.transfer, self.nonce = made["transfer"], decoded(made["server_nonce"])
        self.new = NewPhone(self.world)
        return self

    def joining(self):
        dev, challenge = base64url(self.new.key.spki), self.new.challenge
        return {"challenge": challenge, "dev": dev, "flags": 2, "qr_a": base64url(bytes(32))}

    def joined(self):
        self.begun()
        self.step(self.new, "POST", "join", self.joining())
        return self

    def endorsing(self):
        issued = self.world.service.now()
        old, new = lp(self.key.spki, self.auth.spki), lp(self.new.key.spki, b"")
        text = lp(
            b"EID-XFER-ENDORSE/1",
            self.account,
            decoded(self.transfer),
            sha256(self.key.spki)[:16],
            sha256(old),
            new,
            sha256(lp(b"", b"")),
            HANDSHAKE,
            self.nonce,
            self.seq,
            self.head,
            struct.pack(">Q", issued),
            struct.pack(">Q", issued + 600),
            b"\x01",
            struct.pack(">I", 1),
        )
        signature = self.auth.sign(text)
        self.hash = sha256(lp(text, signature))
        return {"endorsement": base64url(text), "signature": base64url(signature)}

    def endorsed(self):
        self.joined()
        self.step(self, "POST", "endorse", self.endorsing())
        return self

    def asking(self):
        platform = {"kind": "ios"}
        return {"endorsement": base64url(self.hash), "channel": "sms", "platform": platform, "model": "Máy thử 2"}

    def accepting(self):
        challenge = self.step(self.new, "POST", "otp", self.asking())["id"]
        bound = decoded(self.new.challenge)
        text = lp(b"EID-XFER-ACCEPT/1", decoded(self.transfer), self.hash, HANDSHAKE, bound)
        return {
            "endorsement": base64url(self.hash),
            "dev": self.new.key.evidence(),
            "auth": None,
            "otp_challenge": challenge,
            "code": self.world.code(self.citizen.phone),
            "signature": base64url(self.new.key.sign(text)),
        }

    def accepted(self):
        self.endorsed()
        self.step(self.new, "POST", "accept", self.accepting())
        return self

    def announcing(self):
        return {"manifest": base64url(MANIFEST), "total": 64}

    def announced(self):
        self.accepted()
        self.step(self, "POST", "vault", self.announcing())
        return self

    def committing(self):
        text = lp(b"EID-XFER-COMMIT/1", decoded(self.transfer), self.hash, MANIFEST, HANDSHAKE)
        return {"manifest": base64url(MANIFEST), "signature": base64url(self.new.key.sign(text))}

    def step(self, caller, method, what, body=None):
        signed = Signed(self.world.service, caller.key)
        return self.world.send(signed, method, f"/v1/transfers/{self.transfer}/{what}", body)


class Lost(Phone):
    """A phone whose holder has lost the one before."""

    def __init__(self, world, kind="Plain"):
        super().__init__(world)
        self.old = Holder(world) if kind == "Plain" else None
        self.citizen = self.old.citizen if self.old else world.enrolled(kind)

    def recovery(self):
        """Two methods and a portrait."""
        citizen = self.citizen
        subject = {"kind": "account", "id_number": citizen.number}
        proofs = [
            self.proof("recover_device", subject, citizen.email, "email"),
            self.proof("recover_device", subject, citizen.phone),
        ]
        methods = [{"kind": "one_time_code", "otp_challenge": proof} for proof in proofs]
        return {"id_number": citizen.number, "methods": methods, "portrait": self.portrait()}

    def recovering(self):
        return self.call("POST", "/v1/device-recoveries", self.recovery())["id"]


def sha256(data):
    return hashlib.sha256(data).digest()


def fields(data):
    """What lp() put together."""
    while data:
        (length,) = struct.unpack(">I", data[:4])
        yield data[4 : 4 + length]
        data = data[4 + length :]


def some_bytes(most):
    return secrets.token_bytes(17 + secrets.randbelow(most - 17))
