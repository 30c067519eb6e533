-- What nodes count for charts: some rows for each active site and endpoint, changed once a minute.
CREATE TABLE hookferry_tally (
  name    varchar(120) NOT NULL,
  starts  bigint NOT NULL,
  writer  uuid NOT NULL,
  ends    bigint NOT NULL,
  written bigint NOT NULL,
  counted varchar(2000) NOT NULL,
  PRIMARY KEY (name, starts, writer)
);
