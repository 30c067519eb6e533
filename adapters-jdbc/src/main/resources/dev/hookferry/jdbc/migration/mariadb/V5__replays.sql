-- Replays that go on by themselves: few rows, changed about once a second while one does.
CREATE TABLE hookferry_replay (
  id       binary(16) NOT NULL PRIMARY KEY,
  revision bigint NOT NULL,
  job      varchar(8000) NOT NULL
) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin;
