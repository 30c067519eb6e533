-- Everything begins with hookferry_, so that it can live beside other tables.

-- The processes that are alive, by the database's clock. Those that deliver share the rates of
-- endpoints.
CREATE TABLE hookferry_owner (
  id         uuid NOT NULL PRIMARY KEY,
  node       varchar(200) NOT NULL,
  delivers   boolean NOT NULL,
  started_at timestamp(3) with time zone NOT NULL,
  heard_at   timestamp(3) with time zone NOT NULL
);

-- Which ids and idempotency keys are taken.
CREATE TABLE hookferry_event_id (
  site            varchar(64) NOT NULL,
  event_id        varchar(128) NOT NULL,
  idempotency_key varchar(255),
  accepted_at     timestamp(3) with time zone NOT NULL,
  PRIMARY KEY (site, event_id),
  CONSTRAINT hookferry_event_id_key UNIQUE (site, idempotency_key)
);

-- The events. seq orders events of one millisecond.
-- options holds the optional fields of an event as JSON, null where there are none. labels is what
-- searches look at: a line for each label, as name:value, and for each search field, as
-- /name:value.
CREATE TABLE hookferry_event (
  seq             bigint NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site            varchar(64) NOT NULL,
  id              varchar(128) NOT NULL,
  type            varchar(128) NOT NULL,
  occurred_at     timestamp(3) with time zone NOT NULL,
  accepted_at     timestamp(3) with time zone NOT NULL,
  deliveries      int NOT NULL,
  idempotency_key varchar(255),
  fingerprint     char(64),
  payload         blob NOT NULL,
  options         varchar,
  labels          varchar,
  CONSTRAINT hookferry_event_site_id UNIQUE (site, id, accepted_at)
);
CREATE INDEX hookferry_event_accepted ON hookferry_event (site, accepted_at, seq);

-- The events that have a value in a search field. hash is that of the line in labels; searches
-- compare the line itself, too.
CREATE TABLE hookferry_event_field (
  site        varchar(64) NOT NULL,
  hash        bigint NOT NULL,
  accepted_at timestamp(3) with time zone NOT NULL,
  event_id    varchar(128) NOT NULL,
  PRIMARY KEY (site, hash, accepted_at, event_id)
);
CREATE INDEX hookferry_event_field_event ON hookferry_event_field (site, event_id);

-- The pending deliveries, and only these. owner is the process that sends it, or null;
-- suspicion is what is held against it: processes that died while they had it. Claims
-- change nothing but owner, which is in no index.
-- Those with an ordering key stand in a queue of their endpoint: key_queue is derived from both.
-- parked is waiting (for its turn) or blocked (for a user); such a delivery is due in the far
-- future, and own_due_at is when it would be due, or when it was blocked.
CREATE TABLE hookferry_delivery_queue (
  site          varchar(64) NOT NULL,
  id            uuid NOT NULL,
  event_id      varchar(128) NOT NULL,
  type          varchar(128) NOT NULL,
  endpoint_id   uuid NOT NULL,
  attempts      int NOT NULL,
  created_at    timestamp(3) with time zone NOT NULL,
  due_at        timestamp(3) with time zone NOT NULL,
  payload_bytes int NOT NULL,
  owner         uuid,
  suspicion     varchar(10) DEFAULT 'none' NOT NULL,
  ordering_key  varchar(128),
  key_queue     uuid,
  key_position  bigint,
  parked        varchar(10),
  own_due_at    timestamp(3) with time zone,
  PRIMARY KEY (site, id)
);
CREATE INDEX hookferry_delivery_queue_due ON hookferry_delivery_queue (endpoint_id, due_at, id);
CREATE INDEX hookferry_delivery_queue_created ON hookferry_delivery_queue (created_at);

-- The queues that are not empty. Whoever changes one locks its row. last_position is the highest
-- that it has given away.
CREATE TABLE hookferry_key_queue (
  id            uuid NOT NULL PRIMARY KEY,
  last_position bigint NOT NULL
);

-- Those behind the first of a queue, in their order.
CREATE TABLE hookferry_key_waiting (
  key_queue    uuid NOT NULL,
  key_position bigint NOT NULL,
  site         varchar(64) NOT NULL,
  delivery_id  uuid NOT NULL,
  PRIMARY KEY (key_queue, key_position)
);

-- The final deliveries.
CREATE TABLE hookferry_delivery (
  site        varchar(64) NOT NULL,
  id          uuid NOT NULL,
  event_id    varchar(128) NOT NULL,
  type        varchar(128) NOT NULL,
  endpoint_id uuid NOT NULL,
  state       varchar(20) NOT NULL,
  attempts    int NOT NULL,
  created_at  timestamp(3) with time zone NOT NULL,
  due_at      timestamp(3) with time zone NOT NULL,
  settled_at  timestamp(3) with time zone NOT NULL,
  PRIMARY KEY (site, id)
);
CREATE INDEX hookferry_delivery_created ON hookferry_delivery (created_at);
CREATE INDEX hookferry_delivery_state ON hookferry_delivery (site, state, id);

-- The log: one row per request, never changed.
CREATE TABLE hookferry_attempt (
  site                  varchar(64) NOT NULL,
  id                    uuid NOT NULL,
  delivery_id           uuid NOT NULL,
  endpoint_id           uuid NOT NULL,
  event_id              varchar(128) NOT NULL,
  type                  varchar(128) NOT NULL,
  accepted_at           timestamp(3) with time zone NOT NULL,
  number                int NOT NULL,
  started_at            timestamp(3) with time zone NOT NULL,
  took_ms               bigint NOT NULL,
  url                   varchar NOT NULL,
  outcome               varchar(40) NOT NULL,
  status                int,
  detail                varchar NOT NULL,
  response_content_type varchar,
  response_retry_after  varchar,
  response_truncated    boolean NOT NULL,
  response_body         varbinary(16384),
  timing                varchar(200),
  response_headers      varchar,
  sent_as               varchar(40),
  PRIMARY KEY (site, id)
);
CREATE INDEX hookferry_attempt_delivery ON hookferry_attempt (delivery_id);
CREATE INDEX hookferry_attempt_endpoint ON hookferry_attempt (endpoint_id, id);
CREATE INDEX hookferry_attempt_outcome ON hookferry_attempt (site, outcome, id);

-- The configuration. version is the number of changes so far; the row is locked by each change, so
-- versions become visible in their order and without gaps. Removals up to the version forgotten are
-- no longer told apart.
CREATE TABLE hookferry_config (
  id        int NOT NULL PRIMARY KEY CHECK (id = 1),
  version   bigint NOT NULL,
  forgotten bigint NOT NULL
);
INSERT INTO hookferry_config (id, version, forgotten) VALUES (1, 0, 0);

-- The resources of the configuration: sites with their settings, endpoints, API keys, the rotation
-- of the master key. version is that of the last change; body is JSON, or null for what was removed.
-- endpoint_id is how other tables name an endpoint, and null for the rest.
CREATE TABLE hookferry_config_entry (
  kind        varchar(20) NOT NULL,
  id          varchar(200) NOT NULL,
  site        varchar(64),
  endpoint_id uuid,
  version     bigint NOT NULL,
  body        varchar,
  PRIMARY KEY (kind, id)
);
CREATE INDEX hookferry_config_entry_version ON hookferry_config_entry (version);
CREATE INDEX hookferry_config_entry_site ON hookferry_config_entry (site);

-- Who changed what; never rewritten. changes has a line for each field, with tabs between its
-- name, its value before and its value after; \N is none.
CREATE TABLE hookferry_audit (
  id       uuid NOT NULL PRIMARY KEY,
  noted_at timestamp(3) with time zone NOT NULL,
  key_id   uuid,
  actor    varchar(400) NOT NULL,
  address  varchar(400) NOT NULL,
  action   varchar(40) NOT NULL,
  site     varchar(64),
  target   varchar(128) NOT NULL,
  changes  varchar NOT NULL
);
CREATE INDEX hookferry_audit_noted ON hookferry_audit (noted_at);
CREATE INDEX hookferry_audit_site ON hookferry_audit (site, id);

-- Replays that go on by themselves: few rows, changed about once a second while one does.
CREATE TABLE hookferry_replay (
  id       uuid PRIMARY KEY,
  revision bigint NOT NULL,
  job      varchar(60000) NOT NULL
);

-- What nodes count for charts: some rows for each active site and endpoint, changed once a minute.
CREATE TABLE hookferry_tally (
  name    varchar(120) NOT NULL,
  starts  bigint NOT NULL,
  writer  uuid NOT NULL,
  ends    bigint NOT NULL,
  written bigint NOT NULL,
  counted varchar(2000) NOT NULL,
  PRIMARY KEY (name, starts, writer)
);

-- Sessions of browsers and one-time codes, found by the SHA-256 of their tokens; times are milliseconds
-- since 1970. Only the sealed text says what a session permits. Copies of the store leave them out.
CREATE TABLE hookferry_session (
  hash    varchar(64) NOT NULL PRIMARY KEY,
  id      uuid NOT NULL,
  kind    varchar(20) NOT NULL,
  site    varchar(64),
  subject varchar(200) NOT NULL,
  key_id  varchar(40),
  created bigint NOT NULL,
  used    bigint NOT NULL,
  expires bigint NOT NULL,
  body    varchar(200000) NOT NULL
);

CREATE INDEX hookferry_session_expires ON hookferry_session (expires);
CREATE INDEX hookferry_session_site ON hookferry_session (site, kind, id);

-- The progress of an unfinished transfer into these tables: one row, or none.
CREATE TABLE hookferry_transfer (
  id   integer PRIMARY KEY CHECK (id = 1),
  mark varchar(8000) NOT NULL
);

-- The versions that the tables have gone through; each script adds its own at its end.
-- compatible_with is the oldest version whose nodes can use the tables.
CREATE TABLE hookferry_schema_version (
  version         int NOT NULL PRIMARY KEY,
  compatible_with int NOT NULL
);
INSERT INTO hookferry_schema_version (version, compatible_with) VALUES (1, 1);
