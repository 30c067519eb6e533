-- Where the time of an attempt went, and the headers of its answer; unknown for older attempts.
ALTER TABLE hookferry_attempt
  ADD COLUMN timing varchar(200),
  ADD COLUMN response_headers text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
