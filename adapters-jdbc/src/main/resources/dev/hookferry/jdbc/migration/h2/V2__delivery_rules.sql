-- Why an endpoint was disabled, since when it stands as it does, and how fast what was held for it
-- is released.
ALTER TABLE hookferry_endpoint ADD COLUMN disabled_reason varchar;
ALTER TABLE hookferry_endpoint ADD COLUMN standing_since timestamp(3) with time zone;
ALTER TABLE hookferry_endpoint ADD COLUMN release_per_second int;

-- What is held against a pending delivery: processes that died while they had it.
ALTER TABLE hookferry_delivery_queue ADD COLUMN suspicion varchar(10) DEFAULT 'none' NOT NULL;
