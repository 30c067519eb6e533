-- Replays that go on by themselves: few rows, changed about once a second while one does.
CREATE TABLE hookferry_replay (
  id       uuid PRIMARY KEY,
  revision bigint NOT NULL,
  job      text NOT NULL
) WITH (fillfactor = 50);
