-- Hookferry's outbox for MySQL 8.0.13 and later. Not run on MySQL by Hookferry's own build. Times are in UTC.
CREATE TABLE hookferry_outbox (
  id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
  event_id varchar(255) NOT NULL DEFAULT (uuid()),
  site varchar(255) NOT NULL DEFAULT 'default',
  type varchar(255) NOT NULL,
  data longtext NOT NULL,
  occurred_at datetime(3),
  idempotency_key varchar(255),
  labels longtext,
  addressed_to longtext,
  deliver_at datetime(3),
  ordering_key varchar(255),
  routing longtext,
  subject varchar(1024),
  traceparent varchar(255),
  tracestate varchar(512),
  created_at datetime(3) NOT NULL DEFAULT (utc_timestamp(3)),
  UNIQUE (site, event_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Rows that could not become events, with the reason.
CREATE TABLE hookferry_outbox_rejected (
  id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
  event_id varchar(255) NOT NULL,
  site varchar(255) NOT NULL,
  type varchar(255) NOT NULL,
  data longtext NOT NULL,
  occurred_at datetime(3),
  idempotency_key varchar(255),
  labels longtext,
  addressed_to longtext,
  deliver_at datetime(3),
  ordering_key varchar(255),
  routing longtext,
  subject varchar(1024),
  traceparent varchar(255),
  tracestate varchar(512),
  created_at datetime(3) NOT NULL,
  rejected_at datetime(3) NOT NULL DEFAULT (utc_timestamp(3)),
  reason varchar(1000) NOT NULL DEFAULT ''
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
