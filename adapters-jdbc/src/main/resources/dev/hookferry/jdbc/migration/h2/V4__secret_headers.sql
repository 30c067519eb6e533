-- Whether somebody marked the value of a header as secret.
ALTER TABLE hookferry_endpoint_header ADD COLUMN is_secret boolean DEFAULT FALSE NOT NULL;
