
-- Optional: wakes relays that listen, with each commit that inserted rows.
CREATE FUNCTION hookferry_outbox_notify() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN PERFORM pg_notify(TG_TABLE_NAME, ''''); RETURN NULL; END';

CREATE TRIGGER hookferry_outbox_notify AFTER INSERT ON hookferry_outbox
  FOR EACH STATEMENT EXECUTE FUNCTION hookferry_outbox_notify();
