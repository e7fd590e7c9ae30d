-- The endpoint's tables (sync protocol §16). One file for SQLite and PostgreSQL: only BYTEA, BIGINT, SMALLINT and TEXT.
-- What is not here: any content. `body` is sealed to keys that are not on this machine, or one of the small clear bodies of §5.1.
-- Every write transaction begins with the write lock (SQLite: of the file, PostgreSQL: of the table `counter`), so that commit order
-- is server_seq order and leaves are judged on committed facts.

CREATE TABLE IF NOT EXISTS counter (
    id        SMALLINT PRIMARY KEY CHECK (id = 1),  -- one row
    epoch     BYTEA    NOT NULL,                    -- drawn when this database was made or restored
    seq       BIGINT   NOT NULL,                    -- greatest server_seq given
    watermark BIGINT   NOT NULL                     -- greatest server_seq in a backup off the machine
);

-- Earlier epochs of this database and what survived of them: a phone's cursor is lowered to that.
CREATE TABLE IF NOT EXISTS epoch_log (
    epoch    BYTEA  PRIMARY KEY,
    last_seq BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS branch (
    branch_id   BYTEA    PRIMARY KEY,
    root_pub    BYTEA    NOT NULL,
    class       SMALLINT NOT NULL,                  -- 0 nothing, 1 states and keys, 2 also sealed content
    set_version BIGINT   NOT NULL,
    set_op      BYTEA    NOT NULL,                  -- the op that holds the signed set in force
    single      SMALLINT NOT NULL,                  -- 1: one secretary may act alone
    closed      SMALLINT NOT NULL
);

CREATE TABLE IF NOT EXISTS account (
    account_id  BYTEA    PRIMARY KEY,               -- hash of its two public keys
    branch_id   BYTEA    NOT NULL REFERENCES branch,
    age_pub     BYTEA    NOT NULL,
    sign_pub    BYTEA    NOT NULL,
    role        SMALLINT NOT NULL,                  -- 1 candidate, 2 mentor, 3 secretary
    state       SMALLINT NOT NULL,                  -- 0 active, 1 waiting for confirmation, 2 closed
    class       SMALLINT NOT NULL,                  -- what its consent allows
    entitlement BIGINT   NOT NULL,                  -- rises when role or state changes
    had_revoked SMALLINT NOT NULL,                  -- a device was revoked: further devices need an invite
    revoked     SMALLINT NOT NULL,                  -- the account itself was revoked
    guardian    SMALLINT NOT NULL,                  -- the invite vouched for a guardian's consent
    maker       BYTEA,                              -- who made its invite
    bytes       BIGINT   NOT NULL                   -- stored for it
);
CREATE INDEX IF NOT EXISTS account_of_branch ON account (branch_id, role);

CREATE TABLE IF NOT EXISTS device (
    device_id  BYTEA    PRIMARY KEY,                -- hash of its public key
    account_id BYTEA    NOT NULL REFERENCES account,
    device_pub BYTEA    NOT NULL,
    cert       BYTEA    NOT NULL,                   -- the account's word for it
    closed     SMALLINT NOT NULL,
    max_seq    BIGINT   NOT NULL                    -- greatest device_seq held
);

CREATE TABLE IF NOT EXISTS invite (
    invite_id  BYTEA    PRIMARY KEY,
    branch_id  BYTEA    REFERENCES branch,          -- NULL: a founding invite, which makes a branch
    invite_pub BYTEA    NOT NULL,                   -- the code itself never comes here
    role       SMALLINT NOT NULL,
    account_id BYTEA,                               -- for an existing account: a new phone
    expires    BIGINT   NOT NULL,                   -- seconds since 1970-01-01 UTC
    guardian   SMALLINT NOT NULL,
    typed      SMALLINT NOT NULL,
    maker      BYTEA,
    used_by    BYTEA
);

CREATE TABLE IF NOT EXISTS op (
    op_id       BYTEA    PRIMARY KEY,
    server_seq  BIGINT   NOT NULL UNIQUE,
    server_time BIGINT   NOT NULL,
    epoch       BYTEA    NOT NULL,
    branch_id   BYTEA    NOT NULL REFERENCES branch,
    account_id  BYTEA    NOT NULL REFERENCES account,
    device_id   BYTEA    NOT NULL REFERENCES device,
    device_seq  BIGINT   NOT NULL,
    record_id   BYTEA    NOT NULL,
    kind        SMALLINT NOT NULL,
    op_hash     BYTEA    NOT NULL,
    header      BYTEA    NOT NULL,                  -- exactly as it was signed
    sig         BYTEA    NOT NULL,
    body        BYTEA,                              -- NULL once pruned or erased
    state       SMALLINT NOT NULL                   -- 0 whole, 1 pruned, 2 erased
);
CREATE INDEX IF NOT EXISTS op_of_record ON op (record_id, server_seq);
CREATE INDEX IF NOT EXISTS op_of_device ON op (device_id, device_seq);
CREATE INDEX IF NOT EXISTS op_of_account ON op (account_id);

-- Which versions a version was made from; which op a forward carries on or an erasure
-- erases; which device or account a revocation closes. The record stands here too: only ops of the same record
-- take a leaf away.
CREATE TABLE IF NOT EXISTS op_base (
    record_id BYTEA NOT NULL,
    base_id   BYTEA NOT NULL,
    op_id     BYTEA NOT NULL REFERENCES op,
    PRIMARY KEY (record_id, base_id, op_id)
);
CREATE INDEX IF NOT EXISTS op_base_of ON op_base (base_id);

-- Everybody named in an op; who is served is judged when they pull.
CREATE TABLE IF NOT EXISTS op_to (
    principal  BYTEA  NOT NULL,
    server_seq BIGINT NOT NULL,
    op_id      BYTEA  NOT NULL REFERENCES op,
    PRIMARY KEY (principal, server_seq)
);

-- The access log: who did what to which op. Each line's hash covers the line before, so that a missing line shows.
CREATE TABLE IF NOT EXISTS log (
    n      BIGINT PRIMARY KEY,
    time   BIGINT NOT NULL,
    actor  BYTEA  NOT NULL,
    action TEXT   NOT NULL,
    target BYTEA  NOT NULL,
    hash   BYTEA  NOT NULL
);
CREATE INDEX IF NOT EXISTS log_of_target ON log (target);
