"""Requests signed in the profile `eid-req/1` (RFC 9421), written from the contract's text, not from the core's code."""

import base64
import email.utils
import hashlib
import json
import secrets
import struct
import time

import requests
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def new_id():
    """16 random bytes as 22 characters."""
    return base64url(secrets.token_bytes(16))


def lp(*parts):
    """Each part behind its length: 4 bytes, big-endian."""
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


class Key:
    """A P-256 key."""

    def __init__(self):
        self._private = ec.generate_private_key(ec.SECP256R1())
        public = self._private.public_key()
        der, info = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        self.spki = public.public_bytes(der, info)
        x, y = (base64url(number.to_bytes(32, "big")) for number in (public.public_numbers().x, public.public_numbers().y))
        jwk = json.dumps({"crv": "P-256", "kty": "EC", "x": x, "y": y}, separators=(",", ":"))
        self.thumbprint = base64url(hashlib.sha256(jwk.encode()).digest())

    def sign(self, message):
        """r||s."""
        r, s = utils.decode_dss_signature(self._private.sign(message, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def evidence(self):
        """What a phone says for it."""
        spki = base64url(self.spki)
        return {"spki": spki, "level": "software", "format": "unattested", "attestation": ""}


class Service:
    """What every signature needs of the service: its newest nonce and its time, both from its last answer."""

    def __init__(self):
        self.nonce, self._ahead = "none", 0

    def now(self):
        return int(time.time()) + self._ahead

    def heard(self, response, *_args, **_kwargs):
        """A hook of requests."""
        self.nonce = response.headers.get("EID-Nonce", self.nonce)
        if date := response.headers.get("Date"):
            self._ahead = int(email.utils.parsedate_to_datetime(date).timestamp() - time.time())


class Unsigned(requests.auth.AuthBase):
    """A request as it is, but for a token."""

    def __init__(self, service, token=None):
        self.service, self.token = service, token

    def __call__(self, request):
        request.register_hook("response", self.service.heard)
        if self.token:
            request.headers["Authorization"] = f"Bearer {self.token}"
        return request


class Signed(Unsigned):
    """Signs a request in its final form, whatever it carries. `spoil` makes the signature another one."""

    def __init__(self, service, key, token=None, spoil=False):
        super().__init__(service, token)
        self.key, self.spoil = key, spoil

    def __call__(self, request):
        super().__call__(request)
        headers, body = request.headers, request.body or b""
        body = body.encode() if isinstance(body, str) else body
        headers["Content-Digest"] = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
        lines = {"@method": request.method, "@target-uri": request.url}
        lines |= {name: text(headers[name]) for name in COVERED if name in headers}
        names, created = " ".join(f'"{name}"' for name in lines), self.service.now()
        parameters = (
            f'({names});created={created};expires={created + 60};nonce="{self.service.nonce}.{new_id()}"'
            f';keyid="{self.key.thumbprint}";alg="ecdsa-p256-sha256";tag="eid-req/1"'
        )
        lines["@signature-params"] = parameters
        base = "\n".join(f'"{name}": {value}' for name, value in lines.items())
        signature = bytearray(self.key.sign(base.encode()))
        signature[0] ^= self.spoil
        headers["Signature-Input"] = f"eid={parameters}"
        headers["Signature"] = f"eid=:{base64.b64encode(signature).decode()}:"
        return request


COVERED = ("content-digest", "idempotency-key", "authorization")


def text(value):
    return value.decode("latin-1") if isinstance(value, bytes) else value
