-- Where the time of an attempt went, and the headers of its answer; unknown for older attempts.
ALTER TABLE hookferry_attempt
  ADD COLUMN timing text COLLATE "C",
  ADD COLUMN response_headers text;
