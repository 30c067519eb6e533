-- Who changed what; never rewritten. changes has a line for each field, with tabs between its
-- name, its value before and its value after; \N is none.
CREATE TABLE hookferry_audit (
  id       uuid NOT NULL PRIMARY KEY,
  noted_at timestamp(3) with time zone NOT NULL,
  key_id   uuid,
  actor    varchar(400) NOT NULL,
  address  varchar(400) NOT NULL,
  action   varchar(40) NOT NULL,
  site     varchar(64),
  target   varchar(128) NOT NULL,
  changes  varchar NOT NULL
);
CREATE INDEX hookferry_audit_noted ON hookferry_audit (noted_at);
CREATE INDEX hookferry_audit_site ON hookferry_audit (site, id);
