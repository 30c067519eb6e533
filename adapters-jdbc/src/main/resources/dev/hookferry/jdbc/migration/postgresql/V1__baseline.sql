-- Everything begins with hookferry_, so that it can live beside other tables.

-- The processes that are alive, by the database's clock. Those that deliver share the rates of
-- endpoints.
CREATE TABLE hookferry_owner (
  id         uuid PRIMARY KEY,
  node       text NOT NULL,
  delivers   boolean NOT NULL,
  started_at timestamptz NOT NULL,
  heard_at   timestamptz NOT NULL
) WITH (fillfactor = 50);

-- Which ids and idempotency keys are taken. Apart from hookferry_event, because a unique key over
-- partitions would have to hold the time.
CREATE TABLE hookferry_event_id (
  site            text COLLATE "C" NOT NULL,
  event_id        text COLLATE "C" NOT NULL,
  idempotency_key text COLLATE "C",
  accepted_at     timestamptz NOT NULL,
  PRIMARY KEY (site, event_id)
);
CREATE UNIQUE INDEX hookferry_event_id_key ON hookferry_event_id (site, idempotency_key)
  WHERE idempotency_key IS NOT NULL;

CREATE SEQUENCE hookferry_event_seq;

-- The events, by day of acceptance. seq orders events of one millisecond.
-- options holds the optional fields of an event as JSON, null where there are none. labels is what
-- searches look at: a line for each label, as name:value, and for each search field, as
-- /name:value.
CREATE TABLE hookferry_event (
  site            text COLLATE "C" NOT NULL,
  id              text COLLATE "C" NOT NULL,
  type            text COLLATE "C" NOT NULL,
  occurred_at     timestamptz NOT NULL,
  accepted_at     timestamptz NOT NULL,
  seq             bigint NOT NULL DEFAULT nextval(' hookferry_event_seq'),
  deliveries      integer NOT NULL,
  idempotency_key text COLLATE "C",
  fingerprint     text COLLATE "C",
  payload         bytea NOT NULL,
  options         text,
  labels          text,
  PRIMARY KEY (site, id, accepted_at)
) PARTITION BY RANGE (accepted_at);
CREATE INDEX hookferry_event_accepted ON hookferry_event (site, accepted_at, seq);
-- Events without labels are not in it.
CREATE INDEX hookferry_event_labels ON hookferry_event
  USING gin (string_to_array(btrim(labels, chr(10)), chr(10)))
  WHERE labels IS NOT NULL;

-- The pending deliveries, and only these. owner is the process that sends it, or null;
-- suspicion is what is held against it: processes that died while they had it. Most are
-- sent by the process that accepts them, at once: they never enter the index that claims follow.
-- Those with an ordering key stand in a queue of their endpoint: key_queue is derived from both.
-- parked is waiting (for its turn) or blocked (for a user); such a delivery is due in the far
-- future, and own_due_at is when it would be due, or when it was blocked.
CREATE TABLE hookferry_delivery_queue (
  site          text COLLATE "C" NOT NULL,
  id            uuid NOT NULL,
  event_id      text COLLATE "C" NOT NULL,
  type          text COLLATE "C" NOT NULL,
  endpoint_id   uuid NOT NULL,
  attempts      integer NOT NULL,
  created_at    timestamptz NOT NULL,
  due_at        timestamptz NOT NULL,
  payload_bytes integer NOT NULL,
  owner         uuid,
  suspicion     text COLLATE "C" NOT NULL DEFAULT 'none',
  ordering_key  text,
  key_queue     uuid,
  key_position  bigint,
  parked        text COLLATE "C",
  own_due_at    timestamptz,
  PRIMARY KEY (site, id)
) WITH (
  fillfactor = 80,
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_cost_delay = 0,
  autovacuum_analyze_scale_factor = 0.1,
  autovacuum_analyze_threshold = 5000
);
CREATE INDEX hookferry_delivery_queue_due ON hookferry_delivery_queue (endpoint_id, due_at, id)
  WHERE owner IS NULL;
CREATE INDEX hookferry_delivery_queue_created ON hookferry_delivery_queue (created_at);

-- The queues that are not empty. Whoever changes one locks its row. last_position is the highest
-- that it has given away.
CREATE TABLE hookferry_key_queue (
  id            uuid NOT NULL PRIMARY KEY,
  last_position bigint NOT NULL
) WITH (fillfactor = 70);

-- Those behind the first of a queue, in their order.
CREATE TABLE hookferry_key_waiting (
  key_queue    uuid NOT NULL,
  key_position bigint NOT NULL,
  site         text COLLATE "C" NOT NULL,
  delivery_id  uuid NOT NULL,
  PRIMARY KEY (key_queue, key_position)
);

-- The final deliveries, by day of their event's acceptance.
CREATE TABLE hookferry_delivery (
  site        text COLLATE "C" NOT NULL,
  id          uuid NOT NULL,
  event_id    text COLLATE "C" NOT NULL,
  type        text COLLATE "C" NOT NULL,
  endpoint_id uuid NOT NULL,
  state       text COLLATE "C" NOT NULL,
  attempts    integer NOT NULL,
  created_at  timestamptz NOT NULL,
  due_at      timestamptz NOT NULL,
  settled_at  timestamptz NOT NULL,
  PRIMARY KEY (site, id, created_at)
) PARTITION BY RANGE (created_at);
CREATE INDEX hookferry_delivery_created ON hookferry_delivery (created_at);
-- For lists of few endpoints, such as those of a customer.
CREATE INDEX hookferry_delivery_endpoint ON hookferry_delivery (endpoint_id, id);
CREATE INDEX hookferry_delivery_failed ON hookferry_delivery (site, id)
  WHERE state IN ('exhausted', 'cancelled');
CREATE INDEX hookferry_delivery_poisoned ON hookferry_delivery (site, id) WHERE state = 'poisoned';

-- The log: one row per request, never changed, by day of the event's acceptance.
CREATE TABLE hookferry_attempt (
  site                  text COLLATE "C" NOT NULL,
  id                    uuid NOT NULL,
  delivery_id           uuid NOT NULL,
  endpoint_id           uuid NOT NULL,
  event_id              text COLLATE "C" NOT NULL,
  type                  text COLLATE "C" NOT NULL,
  accepted_at           timestamptz NOT NULL,
  number                integer NOT NULL,
  started_at            timestamptz NOT NULL,
  took_ms               bigint NOT NULL,
  url                   text NOT NULL,
  outcome               text COLLATE "C" NOT NULL,
  status                integer,
  detail                text NOT NULL,
  response_content_type text,
  response_retry_after  text,
  response_truncated    boolean NOT NULL,
  response_body         bytea,
  timing                text COLLATE "C",
  response_headers      text,
  sent_as               text COLLATE "C",
  PRIMARY KEY (site, id, accepted_at)
) PARTITION BY RANGE (accepted_at);
CREATE INDEX hookferry_attempt_delivery ON hookferry_attempt (delivery_id);
CREATE INDEX hookferry_attempt_endpoint ON hookferry_attempt (endpoint_id, id);
CREATE INDEX hookferry_attempt_failed ON hookferry_attempt (site, id) WHERE outcome <> 'delivered';

-- What belongs to no other day.
CREATE TABLE hookferry_event_default PARTITION OF hookferry_event DEFAULT;
CREATE TABLE hookferry_delivery_default PARTITION OF hookferry_delivery DEFAULT;
CREATE TABLE hookferry_attempt_default PARTITION OF hookferry_attempt DEFAULT;

-- The configuration. version is the number of changes so far; the row is locked by each change, so
-- versions become visible in their order and without gaps. Removals up to the version forgotten are
-- no longer told apart.
CREATE TABLE hookferry_config (
  id        integer PRIMARY KEY CHECK (id = 1),
  version   bigint NOT NULL,
  forgotten bigint NOT NULL
);
INSERT INTO hookferry_config (id, version, forgotten) VALUES (1, 0, 0);

-- The resources of the configuration: sites with their settings, endpoints, API keys, the rotation
-- of the master key. version is that of the last change; body is JSON, or null for what was removed.
-- endpoint_id is how other tables name an endpoint, and null for the rest.
CREATE TABLE hookferry_config_entry (
  kind        text COLLATE "C" NOT NULL,
  id          text COLLATE "C" NOT NULL,
  site        text COLLATE "C",
  endpoint_id uuid,
  version     bigint NOT NULL,
  body        text,
  PRIMARY KEY (kind, id)
);
CREATE INDEX hookferry_config_entry_version ON hookferry_config_entry (version);
CREATE INDEX hookferry_config_entry_site ON hookferry_config_entry (site);

-- Who changed what; never rewritten. changes has a line for each field, with tabs between its
-- name, its value before and its value after; \N is none.
CREATE TABLE hookferry_audit (
  id       uuid PRIMARY KEY,
  noted_at timestamptz NOT NULL,
  key_id   uuid,
  actor    text NOT NULL,
  address  text NOT NULL,
  action   text COLLATE "C" NOT NULL,
  site     text COLLATE "C",
  target   text COLLATE "C" NOT NULL,
  changes  text NOT NULL
);
CREATE INDEX hookferry_audit_noted ON hookferry_audit (noted_at);
CREATE INDEX hookferry_audit_site ON hookferry_audit (site, id);

-- Replays that go on by themselves: few rows, changed about once a second while one does.
CREATE TABLE hookferry_replay (
  id       uuid PRIMARY KEY,
  revision bigint NOT NULL,
  job      text NOT NULL
) WITH (fillfactor = 50);

-- What nodes count for charts: some rows for each active site and endpoint, changed once a minute.
CREATE TABLE hookferry_tally (
  name    varchar(120) NOT NULL,
  starts  bigint NOT NULL,
  writer  uuid NOT NULL,
  ends    bigint NOT NULL,
  written bigint NOT NULL,
  counted varchar(2000) NOT NULL,
  PRIMARY KEY (name, starts, writer)
) WITH (fillfactor = 50);

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
  body    text NOT NULL
) WITH (fillfactor = 50);

CREATE INDEX hookferry_session_expires ON hookferry_session (expires);
CREATE INDEX hookferry_session_site ON hookferry_session (site, kind, id);

-- The progress of an unfinished transfer into these tables: one row, or none.
CREATE TABLE hookferry_transfer (
  id   integer PRIMARY KEY CHECK (id = 1),
  mark text NOT NULL
) WITH (fillfactor = 50);

-- Which values the rows of every eight pages have. Whoever looks for what is rare, or is not there
-- at all, passes over nearly all of a table by them. They are a thousandth of an index, and are made
-- when autovacuum comes by, not by inserts. PostgreSQL 13 has none of this kind; there such a look
-- goes through the table.
DO $$
BEGIN
  IF current_setting('server_version_num')::integer >= 140000 THEN
    CREATE INDEX hookferry_event_summary ON hookferry_event
      USING brin (accepted_at, type text_bloom_ops)
      WITH (pages_per_range = 8, autosummarize = on);
    CREATE INDEX hookferry_delivery_summary ON hookferry_delivery
      USING brin (created_at, endpoint_id uuid_bloom_ops, type text_bloom_ops,
        state text_bloom_ops)
      WITH (pages_per_range = 8, autosummarize = on);
    CREATE INDEX hookferry_attempt_summary ON hookferry_attempt
      USING brin (started_at, type text_bloom_ops, outcome text_bloom_ops, status int4_bloom_ops)
      WITH (pages_per_range = 8, autosummarize = on);
  END IF;
END
$$;

-- The versions that the tables have gone through; each script adds its own at its end.
-- compatible_with is the oldest version whose nodes can use the tables.
CREATE TABLE hookferry_schema_version (
  version         integer NOT NULL PRIMARY KEY,
  compatible_with integer NOT NULL
);
INSERT INTO hookferry_schema_version (version, compatible_with) VALUES (1, 1);
