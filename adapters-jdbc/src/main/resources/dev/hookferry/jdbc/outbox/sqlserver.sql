-- Hookferry's outbox for SQL Server 2016 and later. Not run on SQL Server by Hookferry's own build.
CREATE TABLE hookferry_outbox (
  id bigint IDENTITY(1, 1) PRIMARY KEY,
  event_id nvarchar(255) NOT NULL DEFAULT LOWER(CONVERT(nvarchar(36), NEWID())),
  site nvarchar(255) NOT NULL DEFAULT N'default',
  type nvarchar(255) NOT NULL,
  data nvarchar(max) NOT NULL,
  occurred_at datetimeoffset(3),
  idempotency_key nvarchar(255),
  labels nvarchar(max),
  addressed_to nvarchar(max),
  deliver_at datetimeoffset(3),
  ordering_key nvarchar(255),
  routing nvarchar(max),
  subject nvarchar(1024),
  traceparent nvarchar(255),
  tracestate nvarchar(512),
  created_at datetimeoffset(3) NOT NULL DEFAULT SYSDATETIMEOFFSET(),
  UNIQUE (site, event_id)
);

-- Rows that could not become events, with the reason.
CREATE TABLE hookferry_outbox_rejected (
  id bigint IDENTITY(1, 1) PRIMARY KEY,
  event_id nvarchar(255) NOT NULL,
  site nvarchar(255) NOT NULL,
  type nvarchar(255) NOT NULL,
  data nvarchar(max) NOT NULL,
  occurred_at datetimeoffset(3),
  idempotency_key nvarchar(255),
  labels nvarchar(max),
  addressed_to nvarchar(max),
  deliver_at datetimeoffset(3),
  ordering_key nvarchar(255),
  routing nvarchar(max),
  subject nvarchar(1024),
  traceparent nvarchar(255),
  tracestate nvarchar(512),
  created_at datetimeoffset(3) NOT NULL,
  rejected_at datetimeoffset(3) NOT NULL DEFAULT SYSDATETIMEOFFSET(),
  reason nvarchar(1000) NOT NULL DEFAULT N''
);
