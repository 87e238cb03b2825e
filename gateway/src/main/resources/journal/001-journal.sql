-- One row for each accepted signup. Insert-only, but for erasure. seq is the order of acceptance.
CREATE TABLE signup (
  seq         INTEGER PRIMARY KEY,
  id          TEXT    NOT NULL UNIQUE,
  accepted_at INTEGER NOT NULL,          -- milliseconds since 1970
  config_rev  INTEGER NOT NULL,          -- revision of the configuration that planned it
  idem        BLOB,                      -- HMAC of the idempotency key
  body_mac    BLOB,                      -- HMAC of the body that came with it
  person      BLOB,                      -- HMAC of the normalised e-mail
  payload     BLOB,                      -- the JSON as it came, UTF-8
  erased_at   INTEGER                    -- when everything of the person was taken out
);

-- What the gateway's backups must not have either.
CREATE INDEX erased ON signup (seq) WHERE erased_at IS NOT NULL;
-- Blocks of 256 that follow each other: fingerprints are random, and an index over all of them would
-- have every signup write a page of its own. A search asks one block after the other.
CREATE INDEX person ON signup (seq >> 8, person) WHERE person IS NOT NULL;

-- One signup for each idempotency key.
CREATE UNIQUE INDEX idem ON signup (idem) WHERE idem IS NOT NULL;

-- Actions by number; a name that was ever used keeps its number.
CREATE TABLE action (
  no   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

-- One row for each signup × action, with its latest attempt. The view "deliveries" has it in words.
CREATE TABLE delivery (
  seq      INTEGER NOT NULL,
  action   INTEGER NOT NULL,
  required INTEGER NOT NULL,
  state    INTEGER NOT NULL,             -- 0 pending · 1 running · 2 succeeded · 3 dead · 4 cancelled
  lane     INTEGER NOT NULL,             -- 0 fresh · 1 timed · 2 redriven · 3 delayed · 4 held
  due      INTEGER NOT NULL,             -- milliseconds since 1970; 0 in lanes 0 and 4
  attempts INTEGER NOT NULL,             -- attempts that count
  since    INTEGER,                      -- start of the first attempt
  started  INTEGER,                      -- start of the latest attempt
  took     INTEGER,                      -- microseconds
  instance TEXT,
  outcome  INTEGER,                      -- 0 succeeded · 1 rejected · 2 failed · 3 timed-out · 4 lost · 5 refused
  reason   TEXT,
  cause    INTEGER,                      -- why dead: 0 rejected · 1 gave-up · 2 outcome-unknown · 3 after · 4 corrupt
  rev      INTEGER NOT NULL DEFAULT 0,   -- changes so far
  unwanted INTEGER NOT NULL DEFAULT 0,   -- 1: cancelled while it ran, so not attempted again
  after    INTEGER,                      -- action whose delivery must succeed first
  delay    INTEGER,                      -- milliseconds from that success to the first attempt
  PRIMARY KEY (seq, action)
) WITHOUT ROWID;

-- What waits, in the order in which it is to start. What starts as it is accepted never comes here.
CREATE INDEX waiting ON delivery (action, lane, due, seq) WHERE state = 0;

-- What a crash leaves in doubt: a handful among millions that wait.
CREATE INDEX running ON delivery (seq) WHERE state = 1;

-- With the running ones, the signups to which something is owed, newest first.
CREATE INDEX pending ON delivery (seq) WHERE state = 0;

-- What no page would ever meet: empty, unless somebody or something breaks a row.
CREATE INDEX stray ON delivery (seq)
WHERE state NOT BETWEEN 0 AND 4 OR (state = 0 AND lane NOT BETWEEN 0 AND 4);

-- What needs a person.
CREATE INDEX dead ON delivery (seq, action) WHERE state = 3;

-- With the dead ones, what makes a signup fail.
CREATE INDEX cancelled ON delivery (seq) WHERE state = 4;

-- Superseded attempts; the latest is in delivery.
CREATE TABLE attempt (
  seq      INTEGER NOT NULL,
  action   INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  started  INTEGER,
  took     INTEGER,
  instance TEXT,
  outcome  INTEGER,
  reason   TEXT
);

CREATE INDEX attempt_of ON attempt (seq, action, n);

-- What the handler answered to a success, where it answered anything.
CREATE TABLE result (
  seq    INTEGER NOT NULL,
  action INTEGER NOT NULL,
  body   TEXT    NOT NULL,
  PRIMARY KEY (seq, action)
) WITHOUT ROWID;

-- The books. Signup totals and the last seq stand at action 0.
CREATE TABLE total (
  action INTEGER NOT NULL,
  kind   TEXT    NOT NULL,
  n      INTEGER NOT NULL,
  PRIMARY KEY (action, kind)
) WITHOUT ROWID;

-- What people did, by the name of their token; ids only, never a person's data.
CREATE TABLE audit (
  no     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  token  TEXT    NOT NULL,
  verb   TEXT    NOT NULL,
  detail TEXT    NOT NULL
);

-- Every configuration of the actions that was in force: what signup.config_rev refers to.
CREATE TABLE config (
  rev      INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  token    TEXT    NOT NULL,              -- whose override made it; empty: actions.yaml
  note     TEXT    NOT NULL,              -- what changed
  settings TEXT    NOT NULL               -- every setting, a line each; secrets masked
);

-- What people said over actions.yaml, until they take it back.
CREATE TABLE override (
  name  TEXT    PRIMARY KEY,
  body  TEXT    NOT NULL,                 -- JSON in the form of actions.yaml
  whole INTEGER NOT NULL,                 -- 1: nothing that actions.yaml says of this action counts
  at    INTEGER NOT NULL,
  token TEXT    NOT NULL
) WITHOUT ROWID;

-- Every version of every hot-deployed handler; its file has its checksum for a name.
CREATE TABLE artefact (
  name     TEXT    NOT NULL,
  number   INTEGER NOT NULL,
  file     TEXT    NOT NULL,              -- the name it came with, which says what kind it is
  checksum TEXT    NOT NULL,              -- SHA-256
  bytes    INTEGER NOT NULL,
  address  TEXT    NOT NULL,              -- to serve instead of its own; empty: its own
  settings TEXT    NOT NULL,              -- JSON; secrets are references
  isolated INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  token    TEXT    NOT NULL,
  state    TEXT    NOT NULL,              -- next · canary · current · retired · failed · undeployed
  share    INTEGER NOT NULL,              -- percent of the deliveries; 100 unless it came as a canary
  why      TEXT    NOT NULL,              -- why it has failed, or what ended it
  PRIMARY KEY (name, number)
) WITHOUT ROWID;

CREATE VIEW deliveries AS
SELECT signup.id || '.' || action.name AS delivery,
       CASE required WHEN 1 THEN 'required' ELSE 'optional' END AS required,
       CASE state WHEN 0 THEN 'pending' WHEN 1 THEN 'running' WHEN 2 THEN 'succeeded'
                  WHEN 3 THEN 'dead' ELSE 'cancelled' END AS state,
       CASE cause WHEN 0 THEN 'rejected' WHEN 1 THEN 'gave-up' WHEN 2 THEN 'outcome-unknown'
                  WHEN 3 THEN 'after' WHEN 4 THEN 'corrupt' END AS cause,
       attempts,
       datetime(due / 1000, 'unixepoch') AS due,
       datetime(started / 1000, 'unixepoch') AS started,
       CASE outcome WHEN 0 THEN 'succeeded' WHEN 1 THEN 'rejected' WHEN 2 THEN 'failed'
                    WHEN 3 THEN 'timed-out' WHEN 4 THEN 'lost' WHEN 5 THEN 'refused' END AS outcome,
       instance,
       reason
FROM delivery
JOIN signup USING (seq)
JOIN action ON action.no = delivery.action;
