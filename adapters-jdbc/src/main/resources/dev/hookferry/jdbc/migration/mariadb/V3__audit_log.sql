-- Who changed what; never rewritten. changes has a line for each field, with tabs between its
-- name, its value before and its value after; \N is none.
CREATE TABLE hookferry_audit (
  id       binary(16) NOT NULL PRIMARY KEY,
  noted_at datetime(3) NOT NULL,
  key_id   binary(16),
  actor    varchar(400) NOT NULL,
  address  varchar(400) NOT NULL,
  action   varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  site     varchar(64) CHARACTER SET ascii COLLATE ascii_bin,
  target   varchar(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  changes  mediumtext NOT NULL,
  KEY hookferry_audit_noted (noted_at),
  KEY hookferry_audit_site (site, id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
