-- Why an endpoint was disabled, since when it stands as it does, and how fast what was held for it
-- is released.
ALTER TABLE hookferry_endpoint
  ADD COLUMN disabled_reason    text,
  ADD COLUMN standing_since     timestamptz,
  ADD COLUMN release_per_second integer;

-- What is held against a pending delivery: processes that died while they had it.
ALTER TABLE hookferry_delivery_queue ADD COLUMN suspicion text COLLATE "C" NOT NULL DEFAULT 'none';

CREATE INDEX hookferry_delivery_poisoned ON hookferry_delivery (site, id) WHERE state = 'poisoned';
