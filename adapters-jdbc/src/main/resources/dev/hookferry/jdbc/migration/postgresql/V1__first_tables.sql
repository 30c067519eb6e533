-- Everything begins with hookferry_, so that it can live beside other tables.

-- The processes that are alive, by the database's clock.
CREATE TABLE hookferry_owner (
  id         uuid PRIMARY KEY,
  node       text NOT NULL,
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
CREATE TABLE hookferry_event (
  site            text COLLATE "C" NOT NULL,
  id              text COLLATE "C" NOT NULL,
  type            text COLLATE "C" NOT NULL,
  occurred_at     timestamptz NOT NULL,
  accepted_at     timestamptz NOT NULL,
  seq             bigint NOT NULL DEFAULT nextval('hookferry_event_seq'),
  deliveries      integer NOT NULL,
  idempotency_key text COLLATE "C",
  fingerprint     text COLLATE "C",
  payload         bytea NOT NULL,
  PRIMARY KEY (site, id, accepted_at)
) PARTITION BY RANGE (accepted_at);
CREATE INDEX hookferry_event_accepted ON hookferry_event (site, accepted_at, seq);

-- The pending deliveries, and only these. owner is the process that sends it, or null. Most are
-- sent by the process that accepts them, at once: they never enter the index that claims follow.
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
CREATE INDEX hookferry_delivery_failed ON hookferry_delivery (site, id)
  WHERE state IN ('exhausted', 'cancelled');

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
  PRIMARY KEY (site, id, accepted_at)
) PARTITION BY RANGE (accepted_at);
CREATE INDEX hookferry_attempt_delivery ON hookferry_attempt (delivery_id);
CREATE INDEX hookferry_attempt_endpoint ON hookferry_attempt (endpoint_id, id);
CREATE INDEX hookferry_attempt_failed ON hookferry_attempt (site, id) WHERE outcome <> 'delivered';

-- What belongs to no other day.
CREATE TABLE hookferry_event_default PARTITION OF hookferry_event DEFAULT;
CREATE TABLE hookferry_delivery_default PARTITION OF hookferry_delivery DEFAULT;
CREATE TABLE hookferry_attempt_default PARTITION OF hookferry_attempt DEFAULT;

-- The configuration. version grows by one with every change.
CREATE TABLE hookferry_config (
  id      integer PRIMARY KEY CHECK (id = 1),
  version bigint NOT NULL
);
INSERT INTO hookferry_config (id, version) VALUES (1, 0);

CREATE TABLE hookferry_site (
  id                      text COLLATE "C" PRIMARY KEY,
  web_hooks_enabled       boolean NOT NULL,
  max_retries             integer NOT NULL,
  retry_interval_ms       bigint NOT NULL,
  retry_backoff           text NOT NULL,
  secret_key              text,
  envelope_style          text NOT NULL,
  envelope_type_field     text NOT NULL,
  envelope_license_field  text NOT NULL,
  envelope_customer_field text NOT NULL,
  event_types             text NOT NULL,
  created_at              timestamptz NOT NULL
);

CREATE TABLE hookferry_endpoint (
  id                uuid PRIMARY KEY,
  site              text COLLATE "C" NOT NULL,
  url               text NOT NULL,
  event_types       text NOT NULL,
  description       text NOT NULL,
  signatures        text NOT NULL,
  qlm_secret        text,
  enabled           boolean NOT NULL,
  max_retries       integer,
  retry_interval_ms bigint,
  retry_backoff     text,
  created_at        timestamptz NOT NULL
);

CREATE TABLE hookferry_endpoint_header (
  endpoint_id uuid NOT NULL,
  position    integer NOT NULL,
  name        text NOT NULL,
  sealed      text NOT NULL,
  PRIMARY KEY (endpoint_id, position)
);

CREATE TABLE hookferry_endpoint_secret (
  endpoint_id uuid NOT NULL,
  position    integer NOT NULL,
  sealed      text NOT NULL,
  expires_at  timestamptz,
  PRIMARY KEY (endpoint_id, position)
);

CREATE TABLE hookferry_api_key (
  id         uuid PRIMARY KEY,
  name       text NOT NULL,
  scopes     text NOT NULL,
  site       text COLLATE "C",
  sha256     text NOT NULL,
  created_at timestamptz NOT NULL
);
