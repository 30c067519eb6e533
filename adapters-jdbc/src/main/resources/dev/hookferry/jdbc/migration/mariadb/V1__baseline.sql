-- Everything begins with hookferry_, so that it can live beside other tables. Times are UTC,
-- whatever the session's zone. Ids of 16 bytes are UUIDs: HEX(id) shows them.

-- The processes that are alive, by the database's clock. Those that deliver share the rates of
-- endpoints.
CREATE TABLE hookferry_owner (
  id         binary(16) NOT NULL PRIMARY KEY,
  node       varchar(200) NOT NULL,
  delivers   boolean NOT NULL,
  started_at datetime(3) NOT NULL,
  heard_at   datetime(3) NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which ids and idempotency keys are taken.
CREATE TABLE hookferry_event_id (
  site            varchar(64) NOT NULL,
  event_id        varchar(128) NOT NULL,
  idempotency_key varchar(255),
  accepted_at     datetime(3) NOT NULL,
  PRIMARY KEY (site, event_id),
  UNIQUE KEY hookferry_event_id_key (site, idempotency_key)
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

-- The events. seq orders events of one millisecond, and keeps new rows at the end of the table.
-- options holds the optional fields of an event as JSON, null where there are none. labels is what
-- searches look at: a line for each label, as name:value, and for each search field, as
-- /name:value.
CREATE TABLE hookferry_event (
  seq             bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
  site            varchar(64) NOT NULL,
  id              varchar(128) NOT NULL,
  type            varchar(128) NOT NULL,
  occurred_at     datetime(3) NOT NULL,
  accepted_at     datetime(3) NOT NULL,
  deliveries      int NOT NULL,
  idempotency_key varchar(255),
  fingerprint     char(64),
  payload         longblob NOT NULL,
  options         text,
  labels          text,
  UNIQUE KEY hookferry_event_site_id (site, id, accepted_at),
  KEY hookferry_event_accepted (site, accepted_at, seq)
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

-- The events that have a value in a search field. hash is that of the line in labels; searches
-- compare the line itself, too.
CREATE TABLE hookferry_event_field (
  site        varchar(64) NOT NULL,
  hash        bigint NOT NULL,
  accepted_at datetime(3) NOT NULL,
  event_id    varchar(128) NOT NULL,
  PRIMARY KEY (site, hash, accepted_at, event_id),
  KEY hookferry_event_field_event (site, event_id)
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

-- The pending deliveries, and only these. owner is the process that sends it, or null;
-- suspicion is what is held against it: processes that died while they had it. Claims
-- change nothing but owner, which is in no index.
-- Those with an ordering key stand in a queue of their endpoint: key_queue is derived from both.
-- parked is waiting (for its turn) or blocked (for a user); such a delivery is due in the far
-- future, and own_due_at is when it would be due, or when it was blocked.
CREATE TABLE hookferry_delivery_queue (
  site          varchar(64) NOT NULL,
  id            binary(16) NOT NULL,
  event_id      varchar(128) NOT NULL,
  type          varchar(128) NOT NULL,
  endpoint_id   binary(16) NOT NULL,
  attempts      int NOT NULL,
  created_at    datetime(3) NOT NULL,
  due_at        datetime(3) NOT NULL,
  payload_bytes int NOT NULL,
  owner         binary(16),
  suspicion     varchar(10) NOT NULL DEFAULT 'none',
  ordering_key  varchar(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  key_queue     binary(16),
  key_position  bigint,
  parked        varchar(10),
  own_due_at    datetime(3),
  PRIMARY KEY (site, id),
  KEY hookferry_delivery_queue_due (endpoint_id, due_at, id),
  KEY hookferry_delivery_queue_created (created_at)
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

-- The queues that are not empty. Whoever changes one locks its row. last_position is the highest
-- that it has given away.
CREATE TABLE hookferry_key_queue (
  id            binary(16) NOT NULL PRIMARY KEY,
  last_position bigint NOT NULL
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

-- Those behind the first of a queue, in their order.
CREATE TABLE hookferry_key_waiting (
  key_queue    binary(16) NOT NULL,
  key_position bigint NOT NULL,
  site         varchar(64) NOT NULL,
  delivery_id  binary(16) NOT NULL,
  PRIMARY KEY (key_queue, key_position)
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

-- The final deliveries.
CREATE TABLE hookferry_delivery (
  site        varchar(64) NOT NULL,
  id          binary(16) NOT NULL,
  event_id    varchar(128) NOT NULL,
  type        varchar(128) NOT NULL,
  endpoint_id binary(16) NOT NULL,
  state       varchar(20) NOT NULL,
  attempts    int NOT NULL,
  created_at  datetime(3) NOT NULL,
  due_at      datetime(3) NOT NULL,
  settled_at  datetime(3) NOT NULL,
  PRIMARY KEY (site, id),
  KEY hookferry_delivery_created (created_at),
  KEY hookferry_delivery_state (site, state, id)
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

-- The log: one row per request, never changed.
CREATE TABLE hookferry_attempt (
  site                  varchar(64) NOT NULL,
  id                    binary(16) NOT NULL,
  delivery_id           binary(16) NOT NULL,
  endpoint_id           binary(16) NOT NULL,
  event_id              varchar(128) NOT NULL,
  type                  varchar(128) NOT NULL,
  accepted_at           datetime(3) NOT NULL,
  number                int NOT NULL,
  started_at            datetime(3) NOT NULL,
  took_ms               bigint NOT NULL,
  url                   text NOT NULL,
  outcome               varchar(40) NOT NULL,
  status                int,
  detail                text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  response_content_type text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  response_retry_after  text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  response_truncated    boolean NOT NULL,
  response_body         mediumblob,
  timing                varchar(200),
  response_headers      text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  sent_as               varchar(40),
  PRIMARY KEY (site, id),
  KEY hookferry_attempt_delivery (delivery_id),
  KEY hookferry_attempt_endpoint (endpoint_id, id),
  KEY hookferry_attempt_outcome (site, outcome, id)
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

-- The configuration. version is the number of changes so far; the row is locked by each change, so
-- versions become visible in their order and without gaps. Removals up to the version forgotten are
-- no longer told apart.
CREATE TABLE hookferry_config (
  id        int NOT NULL PRIMARY KEY CHECK (id = 1),
  version   bigint NOT NULL,
  forgotten bigint NOT NULL
) ENGINE = InnoDB;
INSERT INTO hookferry_config (id, version, forgotten) VALUES (1, 0, 0);

-- The resources of the configuration: sites with their settings, endpoints, API keys, the rotation
-- of the master key. version is that of the last change; body is JSON, or null for what was removed.
-- endpoint_id is how other tables name an endpoint, and null for the rest.
CREATE TABLE hookferry_config_entry (
  kind        varchar(20) NOT NULL,
  id          varchar(200) NOT NULL,
  site        varchar(64),
  endpoint_id binary(16),
  version     bigint NOT NULL,
  body        mediumtext,
  PRIMARY KEY (kind, id),
  KEY hookferry_config_entry_version (version),
  KEY hookferry_config_entry_site (site)
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

-- Who changed what; never rewritten. changes has a line for each field, with tabs between its
-- name, its value before and its value after; \N is none.
CREATE TABLE hookferry_audit (
  id       binary(16) NOT NULL PRIMARY KEY,
  noted_at datetime(3) NOT NULL,
  key_id   binary(16),
  actor    varchar(400) NOT NULL,
  address  varchar(400) NOT NULL,
  action   varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  site     varchar(64) CHARACTER SET ascii COLLATE ascii_bin,
  target   varchar(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  changes  mediumtext NOT NULL,
  KEY hookferry_audit_noted (noted_at),
  KEY hookferry_audit_site (site, id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Replays that go on by themselves: few rows, changed about once a second while one does.
CREATE TABLE hookferry_replay (
  id       binary(16) NOT NULL PRIMARY KEY,
  revision bigint NOT NULL,
  job      text NOT NULL
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

-- What nodes count for charts: some rows for each active site and endpoint, changed once a minute.
CREATE TABLE hookferry_tally (
  name    varchar(120) NOT NULL,
  starts  bigint NOT NULL,
  writer  binary(16) NOT NULL,
  ends    bigint NOT NULL,
  written bigint NOT NULL,
  counted varchar(2000) NOT NULL,
  PRIMARY KEY (name, starts, writer)
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

-- Sessions of browsers and one-time codes, found by the SHA-256 of their tokens; times are milliseconds
-- since 1970. Only the sealed text says what a session permits. Copies of the store leave them out.
CREATE TABLE hookferry_session (
  hash    varchar(64) NOT NULL PRIMARY KEY,
  id      binary(16) NOT NULL,
  kind    varchar(20) NOT NULL,
  site    varchar(64),
  subject varchar(200) NOT NULL,
  key_id  varchar(40),
  created bigint NOT NULL,
  used    bigint NOT NULL,
  expires bigint NOT NULL,
  body    mediumtext NOT NULL,
  KEY hookferry_session_expires (expires),
  KEY hookferry_session_site (site, kind, id)
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

-- The progress of an unfinished transfer into these tables: one row, or none.
CREATE TABLE hookferry_transfer (
  id   int NOT NULL PRIMARY KEY CHECK (id = 1),
  mark varchar(8000) NOT NULL
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

-- The versions that the tables have gone through; each script adds its own at its end.
-- compatible_with is the oldest version whose nodes can use the tables.
CREATE TABLE hookferry_schema_version (
  version         int NOT NULL PRIMARY KEY,
  compatible_with int NOT NULL
) ENGINE = InnoDB;
INSERT INTO hookferry_schema_version (version, compatible_with) VALUES (1, 1);
