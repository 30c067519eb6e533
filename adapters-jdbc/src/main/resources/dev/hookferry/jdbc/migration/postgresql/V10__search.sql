-- Which values the rows of every eight pages have. Whoever looks for what is rare, or is not there
-- at all, passes over nearly all of a table by them. They are a thousandth of an index, and are made
-- when autovacuum comes by, not by inserts. PostgreSQL 13 has none of this kind; there such a look
-- goes through the table.
DO $$
BEGIN
  IF current_setting('server_version_num')::integer >= 140000 THEN
    CREATE INDEX hookferry_event_summary ON hookferry_event
      USING brin (accepted_at, type text_bloom_ops)
      WITH (pages_per_range = 8, autosummarize = on);
    CREATE INDEX hookferry_delivery_summary ON hookferry_delivery
      USING brin (created_at, endpoint_id uuid_bloom_ops, type text_bloom_ops,
        state text_bloom_ops)
      WITH (pages_per_range = 8, autosummarize = on);
    CREATE INDEX hookferry_attempt_summary ON hookferry_attempt
      USING brin (started_at, type text_bloom_ops, outcome text_bloom_ops, status int4_bloom_ops)
      WITH (pages_per_range = 8, autosummarize = on);
  END IF;
END
$$;
