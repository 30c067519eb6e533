-- Hookferry's outbox for Oracle 19c and later. Not run on Oracle by Hookferry's own build.
CREATE TABLE hookferry_outbox (
  id number(19) GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id varchar2(255 char) DEFAULT LOWER(RAWTOHEX(SYS_GUID())) NOT NULL,
  site varchar2(255 char) DEFAULT 'default' NOT NULL,
  type varchar2(255 char) NOT NULL,
  data clob NOT NULL,
  occurred_at timestamp(3) with time zone,
  idempotency_key varchar2(255 char),
  labels clob,
  addressed_to clob,
  deliver_at timestamp(3) with time zone,
  ordering_key varchar2(255 char),
  routing clob,
  subject varchar2(1024 char),
  traceparent varchar2(255 char),
  tracestate varchar2(512 char),
  created_at timestamp(3) with time zone DEFAULT SYSTIMESTAMP NOT NULL,
  UNIQUE (site, event_id)
);

-- Rows that could not become events, with the reason.
CREATE TABLE hookferry_outbox_rejected (
  id number(19) GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id varchar2(255 char) NOT NULL,
  site varchar2(255 char) NOT NULL,
  type varchar2(255 char) NOT NULL,
  data clob NOT NULL,
  occurred_at timestamp(3) with time zone,
  idempotency_key varchar2(255 char),
  labels clob,
  addressed_to clob,
  deliver_at timestamp(3) with time zone,
  ordering_key varchar2(255 char),
  routing clob,
  subject varchar2(1024 char),
  traceparent varchar2(255 char),
  tracestate varchar2(512 char),
  created_at timestamp(3) with time zone NOT NULL,
  rejected_at timestamp(3) with time zone DEFAULT SYSTIMESTAMP NOT NULL,
  reason varchar2(1000 char) DEFAULT '-' NOT NULL
);
