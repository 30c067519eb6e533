-- Where the time of an attempt went, and the headers of its answer; unknown for older attempts.
ALTER TABLE hookferry_attempt ADD COLUMN timing varchar(200);
ALTER TABLE hookferry_attempt ADD COLUMN response_headers varchar;
