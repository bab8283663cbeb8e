"""For each operation of the contract a request that succeeds: what it cites was made, a moment before, by the real calls."""

import hashlib
import secrets
from dataclasses import dataclass, field

from moving import Lost, Mover, some_bytes
from phone import PASSWORD, Phone, registration
from signing import Key, base64url


@dataclass
class Request:
    """What takes the place of generated data. `caller`: who signs, if not just any phone or holder."""

    body: object = None
    path: dict = field(default_factory=dict)
    query: dict = field(default_factory=dict)
    caller: object = None


@dataclass
class NewPhone:
    """Signs, and is not registered yet."""

    key: Key
    token: str | None = None


REAL = {}


def real(*operations):
    def named(make):
        REAL.update(dict.fromkeys(operations, make))
        return make

    return named


@real("enrol_challenge", "policy", "trust", "account", "privacy", "desk_queue")
def nothing(world):
    return Request({})


@real("register_device")
def register_device(world):
    key = Key()
    return Request(registration(world, key, Key()), caller=NewPhone(key))


@real("rekey")
def rekey(world):
    holder = world.holder(fresh=True)
    return Request(holder.rekeying(), caller=holder)


@real("otp_challenge")
def otp_challenge(world):
    address = f"+849{world.random.randrange(10**8):08}"
    subject, context = {"kind": "address", "address": address}, {"device": "Máy thử", "place": "Huế"}
    body = {"purpose": "register", "channel": "sms", "subject": subject, "platform": {"kind": "ios"}, "context": context}
    return Request(body)


@real("otp_resend")
def otp_resend(world):
    phone, subject = world.phone(), otp_challenge(world).body["subject"]
    challenge = phone.challenge("register", subject)
    world.desk("clock/advance", {"seconds": 60})
    return Request({}, {"challenge": challenge}, caller=phone)


@real("otp_verify")
def otp_verify(world):
    phone, subject = world.phone(), otp_challenge(world).body["subject"]
    challenge = phone.challenge("register", subject)
    return Request({"code": world.code(subject["address"])}, {"challenge": challenge}, caller=phone)


@real("give_password")
def give_password(world):
    return Request({"password": PASSWORD, "personal": ["Nguyễn Văn Mẫu"], "is_new": True})


@real("announce_portrait")
def announce_portrait(world):
    return Request({"size": 1000, "sha256": base64url(hashlib.sha256(bytes(1000)).digest())})


@real("portrait_part")
def portrait_part(world):
    phone, portrait = world.phone(), secrets.token_bytes(100)
    return Request(portrait, {"portrait": phone.announce(portrait), "offset": 0}, caller=phone)


@real("portrait_status")
def portrait_status(world):
    phone = world.phone()
    return Request(None, {"portrait": phone.portrait()}, caller=phone)


@real("apply")
def apply(world):
    phone, kind = Phone(world), world.random.choice(["Plain", "PortraitUnusable", "NameDiffers", "Minor", "Foreigner"])
    return Request(phone.application(world.citizen(kind)), caller=phone)


@real("application_status", "current_application")
def application_status(world):
    phone, kind = Phone(world), world.random.choice(["Plain", "PortraitUnusable", "ExpiredCard", "Deceased"])
    return Request(None, {"application": phone.applied(kind)}, caller=phone)


@real("amend_application")
def amend_application(world):
    phone = Phone(world)
    path = {"application": phone.applied("PortraitUnusable")}
    return Request({"card": None, "portrait": phone.portrait()}, path, caller=phone)


@real("sign_in")
def sign_in(world):
    phone, citizen = Phone(world), world.enrolled()
    body = {"id_number": citizen.number, "password": citizen.password, "otp_challenge": None}
    if world.random.random() < 0.5:
        body["otp_challenge"] = phone.account_proof("sign_in", citizen)
    return Request(body, caller=phone)


@real("renew_token")
def renew_token(world):
    return Request({"generation": 1}, caller=world.holder(fresh=True))


@real("sign_out")
def sign_out(world):
    return Request(caller=world.holder(fresh=True))


@real("lock_account")
def lock_account(world):
    return Request({}, caller=world.holder(fresh=True))


@real("ledger")
def ledger(world):
    return Request(query={"from": 0})


@real("recover")
def recover(world):
    phone = world.phone()
    return Request(phone.recovery(world.enrolled(world.random.choice(["Plain", "PortraitDiffers"]))), caller=phone)


@real("recovery_status", "current_recovery")
def recovery_status(world):
    phone = world.phone()
    return Request(None, {"recovery": phone.recovering("PortraitDiffers")}, caller=phone)


@real("activate")
def activate(world):
    phone, citizen = Phone(world), world.citizen(world.random.choice(["Plain", "PortraitDiffers"]))
    if world.random.random() < 0.7:
        world.identified(citizen)
    return Request(phone.activation(citizen), caller=phone)


@real("activation_status", "current_activation")
def activation_status(world):
    phone = Phone(world)
    return Request(None, {"activation": phone.activating("Plain")}, caller=phone)


@real("withdraw_consent")
def withdraw_consent(world):
    purpose = world.random.choice(["identity", "portrait", "diagnostics"])
    return Request({"purpose": purpose}, caller=world.holder(fresh=True))


@real("export", "delete_account")
def export(world):
    return Request({}, caller=world.holder(fresh=True))


@real("desk_portrait")
def desk_portrait(world):
    phone = Phone(world)
    application = phone.application(world.citizen("NeedsDesk"))
    phone.call("POST", "/v1/applications", application)
    return Request(None, {"portrait": application["portrait"]})


@real("desk_approve_application")
def desk_approve_application(world):
    return Request({}, {"id": Phone(world).applied("NeedsDesk")})


REASONS = [
    {"code": "portrait_unusable", "field": "portrait", "remedy": "new_portrait"},
    {"code": "other", "field": None, "remedy": "office", "note": "Mời đến công an phường"},
]


@real("desk_reject_application")
def desk_reject_application(world):
    return Request({"reasons": [world.random.choice(REASONS)]}, {"id": Phone(world).applied("NeedsDesk")})


@real("desk_approve_recovery")
def desk_approve_recovery(world):
    return Request({}, {"id": world.phone().recovering("NeedsDesk")})


@real("desk_reject_recovery")
def desk_reject_recovery(world):
    return Request({"reasons": [world.random.choice(REASONS)]}, {"id": world.phone().recovering("NeedsDesk")})


@real("desk_approve_activation")
def desk_approve_activation(world):
    return Request({}, {"id": Phone(world).activating("NeedsDesk")})


@real("desk_reject_activation")
def desk_reject_activation(world):
    reasons = [{"code": "portrait_unusable", "remedy": "new_portrait"}]
    return Request({"reasons": reasons}, {"id": Phone(world).activating("NeedsDesk")})


@real("desk_identified")
def desk_identified(world):
    citizen = world.citizen(world.random.choice(["Plain", "Foreigner"]))
    return Request({"id_number": citizen.number, "phone": citizen.phone, "email": None})


@real("desk_lock_account")
def desk_lock_account(world):
    return Request({"id_number": world.enrolled().number, "by": world.random.choice(["office", "hotline", "authority"])})


@real("desk_unlock_account")
def desk_unlock_account(world):
    locked = desk_lock_account(world).body
    world.desk("accounts/lock", locked)
    return Request(locked)


@real("desk_reset_device")
def desk_reset_device(world):
    return Request({"id_number": world.holder(fresh=True).citizen.number})


@real("desk_enrol")
def desk_enrol(world):
    citizen = world.citizen(world.random.choice(["Plain", "Foreigner"]))
    return Request({"id_number": citizen.number, "phone": None, "email": None})


@real("desk_search_citizens")
def desk_search_citizens(world):
    return Request({"text": world.random.choice([world.enrolled().number, "Nguyễn", "An", "Không ai"])})


@real("desk_update_record")
def desk_update_record(world):
    days = {"birth_date": "1990-02-28", "issue_date": "2024-12-31", "expiry_date": "2199-01-01"}
    return Request({"id_number": world.citizen().number, "name": "Trần Thị Mẫu", "address": "Phường 1, Đà Lạt", **days})


@real("desk_messages")
def desk_messages(world):
    return Request({"address": None, "after": world.random.choice([None, 0, 2**64 - 1])})


@real("desk_advance_clock")
def desk_advance_clock(world):
    return Request({"seconds": 1})


@real("create_transfer")
def create_transfer(world):
    return Request({}, caller=Mover(world))


@real("join_transfer")
def join_transfer(world):
    mover = Mover(world).begun()
    return Request(mover.joining(), {"transfer": mover.transfer}, caller=mover.new)


@real("transfer_status")
def transfer_status(world):
    mover = world.random.choice([Mover.joined, Mover.endorsed, Mover.announced])(Mover(world))
    return Request(None, {"transfer": mover.transfer}, caller=world.random.choice([mover, mover.new]))


def put_to(world, is_old):
    mover = Mover(world).joined()
    path = {"transfer": mover.transfer, "slot": world.random.randrange(16)}
    return Request(some_bytes(4096), path, caller=mover if is_old else mover.new)


@real("put_to_new_phone")
def put_to_new_phone(world):
    return put_to(world, True)


@real("put_to_old_phone")
def put_to_old_phone(world):
    return put_to(world, False)


def get_from(world, is_old):
    """A slot that is not empty: an empty one is waited for."""
    mover = Mover(world).joined()
    mover.step(mover if is_old else mover.new, "PUT", f"box/{'o2n' if is_old else 'n2o'}/0", some_bytes(4096))
    return Request(None, {"transfer": mover.transfer, "slot": 0}, caller=mover.new if is_old else mover)


@real("get_from_old_phone")
def get_from_old_phone(world):
    return get_from(world, True)


@real("get_from_new_phone")
def get_from_new_phone(world):
    return get_from(world, False)


@real("endorse_transfer")
def endorse_transfer(world):
    mover = Mover(world).joined()
    return Request(mover.endorsing(), {"transfer": mover.transfer}, caller=mover)


@real("transfer_otp")
def transfer_otp(world):
    mover = Mover(world).endorsed()
    return Request(mover.asking(), {"transfer": mover.transfer}, caller=mover.new)


@real("accept_transfer")
def accept_transfer(world):
    mover = Mover(world).endorsed()
    return Request(mover.accepting(), {"transfer": mover.transfer}, caller=mover.new)


@real("announce_vault")
def announce_vault(world):
    mover = Mover(world).accepted()
    return Request(mover.announcing(), {"transfer": mover.transfer}, caller=mover)


@real("put_vault_chunk")
def put_vault_chunk(world):
    mover = Mover(world).announced()
    path = {"transfer": mover.transfer, "index": world.random.randrange(64)}
    return Request(some_bytes(49_168), path, caller=mover)


@real("get_vault_chunk")
def get_vault_chunk(world):
    mover = Mover(world).announced()
    mover.step(mover, "PUT", "vault/7", some_bytes(49_168))
    return Request(None, {"transfer": mover.transfer, "index": 7}, caller=mover.new)


@real("commit_transfer")
def commit_transfer(world):
    mover = Mover(world).announced()
    return Request(mover.committing(), {"transfer": mover.transfer}, caller=mover.new)


@real("cancel_transfer")
def cancel_transfer(world):
    mover = Mover(world).joined()
    return Request({}, {"transfer": mover.transfer}, caller=world.random.choice([mover, mover.new]))


@real("freeze_account")
def freeze_account(world):
    return Request({}, caller=world.holder(fresh=True))


@real("desk_phone_code")
def desk_phone_code(world):
    return Request({"id_number": world.enrolled().number})


@real("bind_in_person")
def bind_in_person(world):
    code = world.desk("accounts/phone-code", {"id_number": world.enrolled().number})["code"]
    return Request({"code": code}, caller=Phone(world))


@real("save_recovery_code")
def save_recovery_code(world):
    holder = world.holder(fresh=True)
    given = {"password": holder.citizen.password, "personal": [], "is_new": False}
    return Request({"password": holder.call("POST", "/v1/passwords", given)["id"]}, caller=holder)


@real("recover_device")
def recover_device(world):
    phone = Lost(world, world.random.choice(["Plain", "PortraitDiffers"]))
    return Request(phone.recovery(), caller=phone)


@real("device_recovery_status", "current_device_recovery")
def device_recovery_status(world):
    phone = Lost(world)
    return Request(None, {"recovery": phone.recovering()}, caller=world.random.choice([phone, phone.old]))


@real("veto_device_recovery")
def veto_device_recovery(world):
    phone = Lost(world)
    return Request({}, {"recovery": phone.recovering()}, caller=phone.old)


@real("desk_approve_device_recovery")
def desk_approve_device_recovery(world):
    return Request({}, {"id": Lost(world, "NeedsDesk").recovering()})


@real("desk_reject_device_recovery")
def desk_reject_device_recovery(world):
    return Request({"reasons": [world.random.choice(REASONS)]}, {"id": Lost(world, "NeedsDesk").recovering()})
