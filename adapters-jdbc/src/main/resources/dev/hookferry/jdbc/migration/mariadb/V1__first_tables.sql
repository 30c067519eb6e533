-- Everything begins with hookferry_, so that it can live beside other tables. Times are UTC,
-- whatever the session's zone. Ids of 16 bytes are UUIDs: HEX(id) shows them.

-- The processes that are alive, by the database's clock.
CREATE TABLE hookferry_owner (
  id         binary(16) NOT NULL PRIMARY KEY,
  node       varchar(200) NOT NULL,
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
  UNIQUE KEY hookferry_event_site_id (site, id, accepted_at),
  KEY hookferry_event_accepted (site, accepted_at, seq)
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

-- The pending deliveries, and only these. owner is the process that sends it, or null. Claims
-- change nothing but owner, which is in no index.
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
  PRIMARY KEY (site, id),
  KEY hookferry_delivery_queue_due (endpoint_id, due_at, id),
  KEY hookferry_delivery_queue_created (created_at)
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
  PRIMARY KEY (site, id),
  KEY hookferry_attempt_delivery (delivery_id),
  KEY hookferry_attempt_endpoint (endpoint_id, id),
  KEY hookferry_attempt_outcome (site, outcome, id)
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;

-- The configuration. version grows by one with every change.
CREATE TABLE hookferry_config (
  id      int NOT NULL PRIMARY KEY CHECK (id = 1),
  version bigint NOT NULL
) ENGINE = InnoDB;
INSERT INTO hookferry_config (id, version) VALUES (1, 0);

CREATE TABLE hookferry_site (
  id                      varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  web_hooks_enabled       boolean NOT NULL,
  max_retries             int NOT NULL,
  retry_interval_ms       bigint NOT NULL,
  retry_backoff           varchar(20) NOT NULL,
  secret_key              mediumtext,
  envelope_style          varchar(20) NOT NULL,
  envelope_type_field     varchar(64) NOT NULL,
  envelope_license_field  varchar(64) NOT NULL,
  envelope_customer_field varchar(64) NOT NULL,
  event_types             mediumtext NOT NULL,
  created_at              datetime(3) NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE hookferry_endpoint (
  id                binary(16) NOT NULL PRIMARY KEY,
  site              varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  url               text NOT NULL,
  event_types       mediumtext NOT NULL,
  description       text NOT NULL,
  signatures        varchar(100) NOT NULL,
  qlm_secret        mediumtext,
  enabled           boolean NOT NULL,
  max_retries       int,
  retry_interval_ms bigint,
  retry_backoff     varchar(20),
  created_at        datetime(3) NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE hookferry_endpoint_header (
  endpoint_id binary(16) NOT NULL,
  position    int NOT NULL,
  name        text NOT NULL,
  sealed      mediumtext NOT NULL,
  PRIMARY KEY (endpoint_id, position)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE hookferry_endpoint_secret (
  endpoint_id binary(16) NOT NULL,
  position    int NOT NULL,
  sealed      mediumtext NOT NULL,
  expires_at  datetime(3),
  PRIMARY KEY (endpoint_id, position)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE hookferry_api_key (
  id         binary(16) NOT NULL PRIMARY KEY,
  name       varchar(100) NOT NULL,
  scopes     varchar(100) NOT NULL,
  site       varchar(64) CHARACTER SET ascii COLLATE ascii_bin,
  sha256     char(64) NOT NULL,
  created_at datetime(3) NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
