"""Phones, citizens and an officer that do what comes before the call in question, by the real calls."""

import hashlib
import re
import secrets

import requests

from signing import Key, Service, Signed, Unsigned, base64url, decoded, lp, new_id

PASSWORD = "hoa sen no tren ho 7"


class Refused(Exception):
    """Anything but a success."""


class UsedUp(Exception):
    """Every citizen of a kind has an account, or applied for one."""


class World:
    """The service's clients."""

    def __init__(self, url, data, random):
        self.url, self.random, self.service = url, random, Service()
        self._session = requests.Session()
        self._session.trust_env, self._session.verify = False, str(data / "ca.pem")
        self.desk_token = (data / "desk-token").read_text().strip()
        self._by_kind, self._phone, self._uses, self._holder = {}, None, 0, None
        for line in (data / "citizens.tsv").read_text().splitlines():
            citizen = Citizen(line)
            self._by_kind.setdefault(citizen.kind, []).append(citizen)

    def send(self, auth, method, path, body=None):
        headers = {} if method == "GET" else {"Idempotency-Key": f'"{new_id()}"'}
        given = {"data": body} if isinstance(body, bytes) else {"json": body}
        if isinstance(body, bytes):
            headers["Content-Type"] = "application/octet-stream"
        answer = self._session.request(method, self.url + path, headers=headers, auth=auth, **given)
        if answer.status_code == 401 and answer.json()["code"] == "use_nonce":
            return self.send(auth, method, path, body)
        if answer.status_code != 200:
            raise Refused(f"{method} {path}: {answer.text}")
        return answer.json()

    def open(self, path, body):
        return self.send(Unsigned(self.service), "POST", path, body)

    def desk(self, path, body=None):
        method = "GET" if body is None else "POST"
        return self.send(Unsigned(self.service, self.desk_token), method, f"/desk/v1/{path}", body)

    def code(self, address):
        """The newest one-time code that went to an address."""
        return re.search(r"#(\d{6})\b", self.last_message(address, "#"))[1]

    def last_message(self, address, part):
        found = [message["body"] for message in self.desk("messages", {"address": address, "after": None})["messages"]]
        return next(body for body in reversed(found) if part in body)

    def citizen(self, kind="Plain"):
        """One that nobody has asked for yet."""
        if not self._by_kind[kind]:
            raise UsedUp(kind)
        return self._by_kind[kind].pop()

    def phone(self):
        """A registered phone without an account; another one before the service finds that it sends too much."""
        self._uses += 1
        if self._phone is None or self._uses % 500 == 0:
            self._phone = Phone(self)
        return self._phone

    def enrolled(self, kind="Plain"):
        """A citizen with an account that no phone is bound to. Whom a generated request has enrolled before gives way to the next."""
        citizen = self.citizen(kind)
        try:
            self.desk("accounts/enrol", {"id_number": citizen.number, "phone": citizen.phone, "email": citizen.email})
        except Refused as refused:
            if '"conflict"' in str(refused):
                return self.enrolled(kind)
            raise
        citizen.password = self.last_message(citizen.phone, "password: ").rsplit("password: ", 1)[1]
        return citizen

    def identified(self, citizen):
        """In person, at an office."""
        self.desk("citizens/identified", {"id_number": citizen.number, "phone": citizen.phone, "email": None})

    def consents(self):
        """To whatever the policy requires."""
        policy = self.send(Unsigned(self.service), "GET", "/v1/policy")
        return [
            {"purpose": each["purpose"], "terms": policy["terms"], "given_at": 0}
            for each in policy["purposes"]
            if each["is_required"]
        ]

    def holder(self, fresh=False):
        """A signed-in phone. `fresh`: one that nothing else needs afterwards."""
        if fresh:
            return Holder(self)
        if self._holder is None or self._holder.is_over():
            self._holder = Holder(self)
        return self._holder

    def forget_holder(self):
        """After something that ends its session."""
        self._holder = None


class Citizen:
    """Of the invented population."""

    def __init__(self, line):
        self.kind, card, self.phone, self.email = line.split("\t")
        self.number, old, self.name, born, self.sex, self.address, issued = card.split("|")
        self.card = {
            "id_number": self.number,
            "old_id_number": old or None,
            "name": self.name,
            "birth_date": iso(born),
            "sex": self.sex,
            "address": self.address,
            "issue_date": iso(issued),
            "source": "scanned",
        }


def iso(day_month_year):
    return f"{day_month_year[4:]}-{day_month_year[2:4]}-{day_month_year[:2]}"


class Phone:
    """Registered by its key."""

    def __init__(self, world):
        self.world, self.key, self.auth, self.token = world, Key(), Key(), None
        self.call("POST", "/v1/devices", registration(world, self.key, self.auth))

    def call(self, method, path, body=None):
        token = self.token if path.startswith(("/v1/account", "/v1/ledger", "/v1/rekeys")) else None
        return self.world.send(Signed(self.world.service, self.key, token), method, path, body)

    def challenge(self, purpose, subject, channel="sms"):
        context = {"device": "Điện thoại thử", "place": None}
        body = {"purpose": purpose, "channel": channel, "subject": subject, "platform": {"kind": "ios"}, "context": context}
        return self.call("POST", "/v1/otp-challenges", body)["id"]

    def proof(self, purpose, subject, address, channel="sms"):
        """A verified one-time code."""
        challenge = self.challenge(purpose, subject, channel)
        code = self.world.code(address)
        return self.call("POST", f"/v1/otp-challenges/{challenge}/verify", {"code": code})["challenge"]

    def account_proof(self, purpose, citizen):
        return self.proof(purpose, {"kind": "account", "id_number": citizen.number}, citizen.phone)

    def password(self):
        given = {"password": PASSWORD, "personal": [], "is_new": True}
        return self.call("POST", "/v1/passwords", given)["id"]

    def announce(self, portrait):
        announced = {"size": len(portrait), "sha256": base64url(hashlib.sha256(portrait).digest())}
        return self.call("POST", "/v1/portraits", announced)["id"]

    def portrait(self):
        """A complete one."""
        portrait = secrets.token_bytes(100)
        name = self.announce(portrait)
        self.call("PUT", f"/v1/portraits/{name}/parts/0", portrait)
        return name

    def application(self, citizen):
        """What applying takes."""
        subject = {"kind": "address", "address": citizen.phone}
        proof = self.proof("register", subject, citizen.phone)
        given = {"otp_challenges": [proof], "password": self.password(), "portrait": self.portrait()}
        return {"card": citizen.card, "consents": self.world.consents(), **given}

    def applied(self, kind):
        return self.call("POST", "/v1/applications", self.application(self.world.citizen(kind)))["id"]

    def recovery(self, citizen):
        """What another password takes."""
        proof = self.account_proof("recover", citizen)
        given = {"otp_challenge": proof, "portrait": self.portrait(), "password": self.password()}
        return {"id_number": citizen.number, **given}

    def activation(self, citizen):
        """What activating takes."""
        proof = self.proof("activate", {"kind": "address", "address": citizen.phone}, citizen.phone)
        given = {"otp_challenge": proof, "portrait": self.portrait(), "password": self.password()}
        return {"id_number": citizen.number, "consents": self.world.consents(), **given}

    def activating(self, kind):
        citizen = self.world.citizen(kind)
        self.world.identified(citizen)
        return self.call("POST", "/v1/activations", self.activation(citizen))["id"]

    def recovering(self, kind):
        return self.call("POST", "/v1/recoveries", self.recovery(self.world.enrolled(kind)))["id"]


class Holder(Phone):
    """A phone that its account is signed in on."""

    def __init__(self, world):
        super().__init__(world)
        self.citizen = world.enrolled()
        signing_in = {"id_number": self.citizen.number, "password": self.citizen.password}
        signing_in["otp_challenge"] = self.account_proof("sign_in", self.citizen)
        answer = self.call("POST", "/v1/sign-ins", signing_in)
        self.account, self.token = answer["account"]["account"], answer["session"]["access_token"]
        self.until = answer["session"]["expires_at"]

    def is_over(self):
        return self.world.service.now() > self.until - 60

    def rekeying(self):
        """What new keys take."""
        challenge = self.world.open("/v1/enrol-challenges", {})["challenge"]
        new, given = Key(), {"password": self.citizen.password, "personal": [], "is_new": False}
        account, bound = (decoded(text) for text in (self.account, challenge))
        proof = new.sign(lp(b"EID-REKEY/1", account, bound, new.spki, self.key.spki))
        return {
            "challenge": challenge,
            "dev": {"evidence": new.evidence(), "proof": base64url(proof)},
            "auth": {"kind": "new", "evidence": Key().evidence()},
            "password": self.call("POST", "/v1/passwords", given)["id"],
            "otp_challenge": self.account_proof("rekey", self.citizen),
        }


def registration(world, key, auth):
    """What a new phone sends."""
    challenge = world.open("/v1/enrol-challenges", {})["challenge"]
    texts = {"model": "Máy thử", "os": "Linux", "app_version": "1.0"}
    return {"challenge": challenge, "dev": key.evidence(), "auth": auth.evidence(), **texts}
