-- Everything begins with hookferry_, so that it can live beside other tables.

-- The processes that are alive, by the database's clock.
CREATE TABLE hookferry_owner (
  id         uuid NOT NULL PRIMARY KEY,
  node       varchar(200) NOT NULL,
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
  CONSTRAINT hookferry_event_site_id UNIQUE (site, id, accepted_at)
);
CREATE INDEX hookferry_event_accepted ON hookferry_event (site, accepted_at, seq);

-- The pending deliveries, and only these. owner is the process that sends it, or null. Claims
-- change nothing but owner, which is in no index.
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
  PRIMARY KEY (site, id)
);
CREATE INDEX hookferry_delivery_queue_due ON hookferry_delivery_queue (endpoint_id, due_at, id);
CREATE INDEX hookferry_delivery_queue_created ON hookferry_delivery_queue (created_at);

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
  PRIMARY KEY (site, id)
);
CREATE INDEX hookferry_attempt_delivery ON hookferry_attempt (delivery_id);
CREATE INDEX hookferry_attempt_endpoint ON hookferry_attempt (endpoint_id, id);
CREATE INDEX hookferry_attempt_outcome ON hookferry_attempt (site, outcome, id);

-- The configuration. version grows by one with every change.
CREATE TABLE hookferry_config (
  id      int NOT NULL PRIMARY KEY CHECK (id = 1),
  version bigint NOT NULL
);
INSERT INTO hookferry_config (id, version) VALUES (1, 0);

CREATE TABLE hookferry_site (
  id                      varchar(64) NOT NULL PRIMARY KEY,
  web_hooks_enabled       boolean NOT NULL,
  max_retries             int NOT NULL,
  retry_interval_ms       bigint NOT NULL,
  retry_backoff           varchar(20) NOT NULL,
  secret_key              varchar,
  envelope_style          varchar(20) NOT NULL,
  envelope_type_field     varchar(64) NOT NULL,
  envelope_license_field  varchar(64) NOT NULL,
  envelope_customer_field varchar(64) NOT NULL,
  event_types             varchar NOT NULL,
  created_at              timestamp(3) with time zone NOT NULL
);

CREATE TABLE hookferry_endpoint (
  id                uuid NOT NULL PRIMARY KEY,
  site              varchar(64) NOT NULL,
  url               varchar NOT NULL,
  event_types       varchar NOT NULL,
  description       varchar NOT NULL,
  signatures        varchar(100) NOT NULL,
  qlm_secret        varchar,
  enabled           boolean NOT NULL,
  max_retries       int,
  retry_interval_ms bigint,
  retry_backoff     varchar(20),
  created_at        timestamp(3) with time zone NOT NULL
);

CREATE TABLE hookferry_endpoint_header (
  endpoint_id uuid NOT NULL,
  position    int NOT NULL,
  name        varchar NOT NULL,
  sealed      varchar NOT NULL,
  PRIMARY KEY (endpoint_id, position)
);

CREATE TABLE hookferry_endpoint_secret (
  endpoint_id uuid NOT NULL,
  position    int NOT NULL,
  sealed      varchar NOT NULL,
  expires_at  timestamp(3) with time zone,
  PRIMARY KEY (endpoint_id, position)
);

CREATE TABLE hookferry_api_key (
  id         uuid NOT NULL PRIMARY KEY,
  name       varchar(100) NOT NULL,
  scopes     varchar(100) NOT NULL,
  site       varchar(64),
  sha256     char(64) NOT NULL,
  created_at timestamp(3) with time zone NOT NULL
);
