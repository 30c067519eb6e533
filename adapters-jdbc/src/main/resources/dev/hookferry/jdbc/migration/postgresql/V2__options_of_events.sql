-- The optional fields of an event: options is JSON, null where there are none. labels is what
-- searches look at: a line for each label, as name:value.
ALTER TABLE hookferry_event ADD COLUMN options text;
ALTER TABLE hookferry_event ADD COLUMN labels text;

-- Events without labels are not in it.
CREATE INDEX hookferry_event_labels ON hookferry_event
  USING gin (string_to_array(btrim(labels, chr(10)), chr(10)))
  WHERE labels IS NOT NULL;

INSERT INTO hookferry_schema_version (version, compatible_with) VALUES (2, 1);
