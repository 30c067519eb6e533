-- Hookferry's outbox for PostgreSQL 13 and later.
CREATE TABLE hookferry_outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id varchar(255) NOT NULL DEFAULT gen_random_uuid()::text,
  site varchar(255) NOT NULL DEFAULT 'default',
  type varchar(255) NOT NULL,
  data text NOT NULL,
  occurred_at timestamp(3) with time zone,
  idempotency_key varchar(255),
  labels text,
  addressed_to text,
  deliver_at timestamp(3) with time zone,
  ordering_key varchar(255),
  routing text,
  subject varchar(1024),
  traceparent varchar(255),
  tracestate varchar(512),
  created_at timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (site, event_id)
);

-- Rows that could not become events, with the reason.
CREATE TABLE hookferry_outbox_rejected (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id varchar(255) NOT NULL,
  site varchar(255) NOT NULL,
  type varchar(255) NOT NULL,
  data text NOT NULL,
  occurred_at timestamp(3) with time zone,
  idempotency_key varchar(255),
  labels text,
  addressed_to text,
  deliver_at timestamp(3) with time zone,
  ordering_key varchar(255),
  routing text,
  subject varchar(1024),
  traceparent varchar(255),
  tracestate varchar(512),
  created_at timestamp(3) with time zone NOT NULL,
  rejected_at timestamp(3) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  reason varchar(1000) NOT NULL DEFAULT ''
);
