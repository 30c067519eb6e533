-- Who changed what; never rewritten. changes has a line for each field, with tabs between its
-- name, its value before and its value after; \N is none.
CREATE TABLE hookferry_audit (
  id       uuid PRIMARY KEY,
  noted_at timestamptz NOT NULL,
  key_id   uuid,
  actor    text NOT NULL,
  address  text NOT NULL,
  action   text COLLATE "C" NOT NULL,
  site     text COLLATE "C",
  target   text COLLATE "C" NOT NULL,
  changes  text NOT NULL
);
CREATE INDEX hookferry_audit_noted ON hookferry_audit (noted_at);
CREATE INDEX hookferry_audit_site ON hookferry_audit (site, id);
