-- The optional fields of an event: options is JSON, null where there are none. labels is what
-- searches look at: a line for each label, as name:value.
ALTER TABLE hookferry_event ADD COLUMN options varchar;
ALTER TABLE hookferry_event ADD COLUMN labels varchar;

INSERT INTO hookferry_schema_version (version, compatible_with) VALUES (2, 1);
