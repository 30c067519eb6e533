-- The master key that secrets are being put under; null if no rotation is under way.
ALTER TABLE hookferry_config ADD COLUMN rotation text;
