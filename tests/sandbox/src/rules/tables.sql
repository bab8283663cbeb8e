-- Tables of the rules. Times are Unix seconds; ids 16 bytes; "phone" is a device id; what starts with is_ is 0 or 1.

-- Numbers that are the service's policy and not the core's.
CREATE TABLE IF NOT EXISTS policy (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT OR IGNORE INTO policy (name, value) VALUES
    ('minimum_age', 14),            -- years (R10)
    ('automatic_review_s', 0),      -- how long the automatic comparison of portraits takes
    ('officer_review_s', 172800),   -- within two days an officer looks at it
    ('expiry_grace_s', 2592000);    -- 30 days after the card's end the account locks (R17)

-- Keys of the service's own MACs, made at first use.
CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS records (
    number TEXT PRIMARY KEY,
    old_number TEXT,
    name TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    sex TEXT NOT NULL,
    address TEXT NOT NULL,
    issue_date TEXT NOT NULL,
    expiry_date TEXT,
    is_foreigner INTEGER NOT NULL,
    is_deceased INTEGER NOT NULL,
    portrait_outcome TEXT NOT NULL,
    portraits_seen INTEGER NOT NULL DEFAULT 0,
    email TEXT NOT NULL,
    phone TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS enrol_challenges (challenge BLOB PRIMARY KEY, expires_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS enrol_challenges_by_end ON enrol_challenges (expires_at);

-- A phone whose K_dev was replaced stays, not in force: its number of the account's ledger, and requests that it sent, can be told.
CREATE TABLE IF NOT EXISTS phones (
    id BLOB PRIMARY KEY,
    keyid TEXT NOT NULL UNIQUE,
    spki BLOB NOT NULL,
    evidence TEXT NOT NULL,
    auth_spki BLOB,
    auth_evidence TEXT,
    model TEXT NOT NULL,
    os TEXT NOT NULL,
    app_version TEXT NOT NULL,
    registered_at INTEGER NOT NULL,
    is_in_force INTEGER NOT NULL DEFAULT 1,
    generation INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS accounts (
    id BLOB PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    level TEXT NOT NULL,
    salt BLOB NOT NULL,
    password BLOB NOT NULL,
    sms TEXT,
    email TEXT,
    phone BLOB UNIQUE,
    lock_by TEXT,
    lock_since INTEGER,
    cool_down_until INTEGER,
    -- From then on no phone is served, until an office ends it.
    frozen_at INTEGER,
    -- Since then it is recovered in person only.
    recovery_vetoed_at INTEGER,
    made_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS ledger (
    account BLOB NOT NULL,
    seq INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    signature BLOB NOT NULL,
    kid TEXT NOT NULL,
    PRIMARY KEY (account, seq)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sessions (
    token BLOB PRIMARY KEY,
    account BLOB NOT NULL,
    phone BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_by_account ON sessions (account);
CREATE INDEX IF NOT EXISTS sessions_by_end ON sessions (expires_at);

-- One counter for whom and what for: "account 079...", "account 079... (own phone)", "address +84...".
CREATE TABLE IF NOT EXISTS tries (
    subject TEXT NOT NULL,
    purpose TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    locks INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (subject, purpose)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS otp_challenges (
    id BLOB PRIMARY KEY,
    phone BLOB NOT NULL,
    purpose TEXT NOT NULL,
    channel TEXT NOT NULL,
    subject TEXT NOT NULL,
    address TEXT,
    masked TEXT NOT NULL,
    platform TEXT NOT NULL,
    context TEXT NOT NULL,
    reference TEXT NOT NULL,
    mac BLOB NOT NULL,
    sends INTEGER NOT NULL,
    state TEXT NOT NULL,
    -- What else it is bound to: the endorsement, for a transfer's.
    bound_to BLOB,
    -- When the code stops being taken, and when the row is of no use any more: later, once the code was right.
    code_until INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    resend_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS otp_challenges_by_subject ON otp_challenges (subject, purpose, state);
CREATE INDEX IF NOT EXISTS otp_challenges_by_phone ON otp_challenges (phone, state);
CREATE INDEX IF NOT EXISTS otp_challenges_by_end ON otp_challenges (expires_at);

-- Codes sent, or that would have been, in the last hour.
CREATE TABLE IF NOT EXISTS otp_sends (subject TEXT NOT NULL, at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS otp_sends_by_subject ON otp_sends (subject, at);
CREATE INDEX IF NOT EXISTS otp_sends_by_time ON otp_sends (at);

CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS messages_by_address ON messages (address, seq);

-- account: whose password an existing one is. None for a new one.
CREATE TABLE IF NOT EXISTS passwords (
    id BLOB PRIMARY KEY,
    phone BLOB NOT NULL,
    account BLOB,
    salt BLOB,
    hash BLOB,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS passwords_by_end ON passwords (expires_at);

CREATE TABLE IF NOT EXISTS portraits (
    id BLOB PRIMARY KEY,
    phone BLOB NOT NULL,
    size INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    received INTEGER NOT NULL DEFAULT 0,
    is_cited INTEGER NOT NULL DEFAULT 0,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS portraits_by_phone ON portraits (phone, is_cited, expires_at);
CREATE INDEX IF NOT EXISTS portraits_by_end ON portraits (is_cited, expires_at);
CREATE TABLE IF NOT EXISTS portrait_parts (
    portrait BLOB NOT NULL,
    start INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (portrait, start)
);

CREATE TABLE IF NOT EXISTS applications (
    id BLOB PRIMARY KEY,
    phone BLOB NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    card TEXT,
    sms TEXT,
    email TEXT,
    salt BLOB,
    password BLOB,
    portrait BLOB,
    reasons TEXT NOT NULL DEFAULT '[]',
    failed_step TEXT,
    account BLOB,
    received_at INTEGER NOT NULL,
    decided_at INTEGER,
    expected_by INTEGER,
    is_for_officer INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
-- Only one in review holds its number: somebody who mistyped a number must not keep its owner out.
CREATE UNIQUE INDEX IF NOT EXISTS applications_open_by_number ON applications (number) WHERE state = 'in_review';
CREATE UNIQUE INDEX IF NOT EXISTS applications_open_by_phone ON applications (phone) WHERE state IN ('in_review', 'rejected');
CREATE INDEX IF NOT EXISTS applications_by_state ON applications (state, is_for_officer, received_at);
CREATE INDEX IF NOT EXISTS applications_by_phone ON applications (phone);
CREATE INDEX IF NOT EXISTS applications_by_account ON applications (account) WHERE account IS NOT NULL;
CREATE INDEX IF NOT EXISTS applications_by_end ON applications (state, decided_at);

CREATE TABLE IF NOT EXISTS recoveries (
    id BLOB PRIMARY KEY,
    phone BLOB NOT NULL,
    account BLOB NOT NULL,
    state TEXT NOT NULL,
    salt BLOB,
    password BLOB,
    portrait BLOB,
    reasons TEXT NOT NULL DEFAULT '[]',
    since INTEGER NOT NULL,
    expected_by INTEGER,
    is_for_officer INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS recoveries_open ON recoveries (account) WHERE state = 'comparing';
CREATE INDEX IF NOT EXISTS recoveries_by_phone ON recoveries (phone);
CREATE INDEX IF NOT EXISTS recoveries_by_state ON recoveries (state, is_for_officer, since);
CREATE INDEX IF NOT EXISTS recoveries_by_end ON recoveries (state, since);

-- Policy of privacy and of activation.
INSERT OR IGNORE INTO policy (name, value) VALUES
    ('terms', 1),                        -- version of the texts that consents are given to (R24)
    ('portrait_kept_days', 30),          -- a case that nobody amends ends after them, and its portrait with it
    ('diagnostics_kept_days', 90),
    ('export_within_s', 259200),         -- within three days
    ('deletion_grace_s', 2592000),       -- 30 days from asking to deleting
    ('identification_valid_s', 2592000); -- 30 days from the office to the activation (R11)

-- holder: an application or an activation, and from its approval on the account.
CREATE TABLE IF NOT EXISTS consents (
    holder BLOB NOT NULL,
    purpose TEXT NOT NULL,
    terms INTEGER NOT NULL,
    given_at INTEGER NOT NULL,
    withdrawn_at INTEGER,
    PRIMARY KEY (holder, purpose)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS exports (
    id BLOB PRIMARY KEY,
    account BLOB NOT NULL,
    requested_at INTEGER NOT NULL,
    expected_by INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS exports_by_account ON exports (account, requested_at);

CREATE TABLE IF NOT EXISTS deletions (
    account BLOB PRIMARY KEY,
    requested_at INTEGER NOT NULL,
    effective_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deletions_by_time ON deletions (effective_at);

-- Every phone that was an account's, so that a deletion finds them all. Kept by the database itself: no binding is forgotten.
CREATE TABLE IF NOT EXISTS account_phones (
    account BLOB NOT NULL,
    phone BLOB NOT NULL,
    PRIMARY KEY (account, phone)
) WITHOUT ROWID;
INSERT OR IGNORE INTO account_phones (account, phone) SELECT id, phone FROM accounts WHERE phone IS NOT NULL;
CREATE TRIGGER IF NOT EXISTS account_made AFTER INSERT ON accounts WHEN NEW.phone IS NOT NULL BEGIN
    INSERT OR IGNORE INTO account_phones (account, phone) VALUES (NEW.id, NEW.phone);
END;
CREATE TRIGGER IF NOT EXISTS account_bound AFTER UPDATE OF phone ON accounts WHEN NEW.phone IS NOT NULL BEGIN
    INSERT OR IGNORE INTO account_phones (account, phone) VALUES (NEW.id, NEW.phone);
END;

-- Whom an office has identified in person, and the address that was given there.
CREATE TABLE IF NOT EXISTS identifications (
    number TEXT PRIMARY KEY,
    sms TEXT,
    email TEXT,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS identifications_by_end ON identifications (expires_at);

CREATE TABLE IF NOT EXISTS activations (
    id BLOB PRIMARY KEY,
    phone BLOB NOT NULL,
    number TEXT NOT NULL,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    salt BLOB,
    password BLOB,
    portrait BLOB,
    reasons TEXT NOT NULL DEFAULT '[]',
    account BLOB,
    since INTEGER NOT NULL,
    expected_by INTEGER,
    is_for_officer INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS activations_open ON activations (number) WHERE state = 'comparing';
CREATE INDEX IF NOT EXISTS activations_by_phone ON activations (phone);
CREATE INDEX IF NOT EXISTS activations_by_state ON activations (state, is_for_officer, since);
CREATE INDEX IF NOT EXISTS activations_by_end ON activations (state, since);

-- Moves from phone to phone. What goes on stands in its stage; what the phones say to each other stands beside it, sealed by them.
CREATE TABLE IF NOT EXISTS transfers (
    id BLOB PRIMARY KEY,
    account BLOB NOT NULL,
    old_phone BLOB NOT NULL,
    server_nonce BLOB NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT,                    -- why it ended
    made_at INTEGER NOT NULL,
    since INTEGER NOT NULL,
    due INTEGER,                    -- when the stage ends by itself; none: it is the last one
    joins INTEGER NOT NULL DEFAULT 0,
    new_phone BLOB,
    new_keyid TEXT,
    new_spki BLOB,
    challenge BLOB,
    flags INTEGER,
    qr_a BLOB,
    joined_at INTEGER,
    endorsement BLOB,               -- with its signature
    model TEXT,
    dev_evidence TEXT,
    auth_evidence TEXT,
    manifest BLOB,
    total INTEGER,
    receipt TEXT
) WITHOUT ROWID;
-- One at a time: two that go on at once could bind two phones.
CREATE UNIQUE INDEX IF NOT EXISTS transfers_open ON transfers (account) WHERE stage NOT IN ('done', 'ended');
CREATE INDEX IF NOT EXISTS transfers_by_account ON transfers (account, made_at);
CREATE INDEX IF NOT EXISTS transfers_by_key ON transfers (new_keyid) WHERE new_keyid IS NOT NULL;
CREATE INDEX IF NOT EXISTS transfers_by_due ON transfers (due) WHERE due IS NOT NULL;
CREATE INDEX IF NOT EXISTS transfers_by_end ON transfers (stage, since);
CREATE TABLE IF NOT EXISTS transfer_box (
    transfer BLOB NOT NULL,
    side TEXT NOT NULL,
    slot INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (transfer, side, slot)
);
CREATE TABLE IF NOT EXISTS transfer_chunks (
    transfer BLOB NOT NULL,
    number INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (transfer, number)
);

-- Phones that a move took the account from: they ask for its receipt, and until then can freeze the account.
CREATE TABLE IF NOT EXISTS former_phones (
    phone BLOB PRIMARY KEY,
    account BLOB NOT NULL,
    freezes_until INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS former_phones_by_account ON former_phones (account);

-- Addresses that were an account's: notices go there, too, until then.
CREATE TABLE IF NOT EXISTS former_addresses (
    account BLOB NOT NULL,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (account, channel, address)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS former_addresses_by_end ON former_addresses (until);

-- Links in notices: of what stands in one only its hash is kept, and it is used once.
CREATE TABLE IF NOT EXISTS notice_links (
    token BLOB PRIMARY KEY,
    account BLOB NOT NULL,
    transfer BLOB,                  -- which it can stop, too
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS notice_links_by_account ON notice_links (account);
CREATE INDEX IF NOT EXISTS notice_links_by_end ON notice_links (expires_at);

-- Codes that an officer showed in person: of each the hash, one an account.
CREATE TABLE IF NOT EXISTS office_codes (
    account BLOB PRIMARY KEY,
    code BLOB NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS office_codes_by_end ON office_codes (expires_at);

-- Codes on paper: of each the hash.
CREATE TABLE IF NOT EXISTS recovery_codes (account BLOB PRIMARY KEY, hash BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS device_recoveries (
    id BLOB PRIMARY KEY,
    phone BLOB NOT NULL,
    account BLOB NOT NULL,
    state TEXT NOT NULL,
    portrait BLOB,
    reasons TEXT NOT NULL DEFAULT '[]',
    since INTEGER NOT NULL,
    due INTEGER,
    is_for_officer INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS device_recoveries_open ON device_recoveries (account) WHERE state IN ('comparing', 'held');
CREATE INDEX IF NOT EXISTS device_recoveries_by_phone ON device_recoveries (phone);
CREATE INDEX IF NOT EXISTS device_recoveries_by_account ON device_recoveries (account);
CREATE INDEX IF NOT EXISTS device_recoveries_by_due ON device_recoveries (due) WHERE due IS NOT NULL;
CREATE INDEX IF NOT EXISTS device_recoveries_by_state ON device_recoveries (state, is_for_officer, since);
