-- Hookferry's outbox for H2 2.2.220 and later.
CREATE TABLE hookferry_outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id varchar(255) DEFAULT CAST(RANDOM_UUID() AS varchar(36)) NOT NULL,
  site varchar(255) DEFAULT 'default' NOT NULL,
  type varchar(255) NOT NULL,
  data character large object NOT NULL,
  occurred_at timestamp(3) with time zone,
  idempotency_key varchar(255),
  labels character large object,
  addressed_to character large object,
  deliver_at timestamp(3) with time zone,
  ordering_key varchar(255),
  routing character large object,
  subject varchar(1024),
  traceparent varchar(255),
  tracestate varchar(512),
  created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP(3) NOT NULL,
  UNIQUE (site, event_id)
);

-- Rows that could not become events, with the reason.
CREATE TABLE hookferry_outbox_rejected (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id varchar(255) NOT NULL,
  site varchar(255) NOT NULL,
  type varchar(255) NOT NULL,
  data character large object NOT NULL,
  occurred_at timestamp(3) with time zone,
  idempotency_key varchar(255),
  labels character large object,
  addressed_to character large object,
  deliver_at timestamp(3) with time zone,
  ordering_key varchar(255),
  routing character large object,
  subject varchar(1024),
  traceparent varchar(255),
  tracestate varchar(512),
  created_at timestamp(3) with time zone NOT NULL,
  rejected_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP(3) NOT NULL,
  reason varchar(1000) DEFAULT '' NOT NULL
);
