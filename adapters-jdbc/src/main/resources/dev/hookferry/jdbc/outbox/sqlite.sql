-- Hookferry's outbox for SQLite 3.31 and later. Times are texts such as 2026-11-27T12:00:00.000Z.
CREATE TABLE hookferry_outbox (
  id integer PRIMARY KEY AUTOINCREMENT,
  event_id text NOT NULL DEFAULT (lower(hex(randomblob(16)))),
  site text NOT NULL DEFAULT 'default',
  type text NOT NULL,
  data text NOT NULL,
  occurred_at text,
  idempotency_key text,
  labels text,
  addressed_to text,
  deliver_at text,
  ordering_key text,
  routing text,
  subject text,
  traceparent text,
  tracestate text,
  created_at text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  UNIQUE (site, event_id)
);

-- Rows that could not become events, with the reason.
CREATE TABLE hookferry_outbox_rejected (
  id integer PRIMARY KEY AUTOINCREMENT,
  event_id text NOT NULL,
  site text NOT NULL,
  type text NOT NULL,
  data text NOT NULL,
  occurred_at text,
  idempotency_key text,
  labels text,
  addressed_to text,
  deliver_at text,
  ordering_key text,
  routing text,
  subject text,
  traceparent text,
  tracestate text,
  created_at text NOT NULL,
  rejected_at text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  reason text NOT NULL DEFAULT ''
);
