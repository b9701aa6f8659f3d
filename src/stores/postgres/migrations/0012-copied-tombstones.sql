-- Tombstones that were copied from another PostgreSQL lie as long as they do there; those laid here, until somebody here lifts them.
ALTER TABLE tombstones ADD COLUMN is_copied boolean NOT NULL DEFAULT false;
