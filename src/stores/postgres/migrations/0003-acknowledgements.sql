-- Who reads the log, so that a change can be acknowledged when nobody can any longer answer from before it.

-- The log's head says which log this is. `lineage` names the server and its timeline: another one means that a standby
-- was promoted, which may lack commits that were acknowledged, or that the database was restored elsewhere.
ALTER TABLE change_log_head
  ADD COLUMN lineage text,
  ADD COLUMN epoch_since timestamptz NOT NULL DEFAULT now(),
  -- Changes up to here may be missing from `change_log`.
  ADD COLUMN trimmed_to bigint NOT NULL DEFAULT 0;

-- A change of tags alone concerns no article and maybe no single edition.
ALTER TABLE outbox
  ALTER COLUMN edition DROP NOT NULL,
  ADD COLUMN is_soft boolean NOT NULL DEFAULT false,
  ADD COLUMN tombstone jsonb;
-- Takedowns overtake what else waits there.
CREATE INDEX outbox_withdrawals ON outbox (id) WHERE kind IN ('KILL', 'RIGHTS_CHANGE');
CREATE INDEX outbox_by_article ON outbox (article_id, id);
ALTER TABLE change_log
  ALTER COLUMN edition DROP NOT NULL,
  ADD COLUMN is_soft boolean NOT NULL DEFAULT false,
  ADD COLUMN tombstone jsonb;
-- Followers that join read what was recorded lately, whatever its sequence.
CREATE INDEX change_log_by_time ON change_log (recorded_at);

-- Requests that appended, by the sender's own id: sent again they append nothing. The digest tells a retry from an id
-- that was used for something else.
CREATE TABLE change_requests (
  id text COLLATE "C" PRIMARY KEY,
  digest text NOT NULL,
  sequence bigint NOT NULL,
  epoch uuid NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now()
);

-- One row per life of a process that trusts what it holds. `renewal` is new at every renewal and never repeats, not
-- even when a crash of the server takes the latest ones back: renewals are committed without waiting for the disk.
CREATE TABLE leases (
  life uuid PRIMARY KEY,
  process text NOT NULL,
  applied bigint NOT NULL,
  renewal uuid NOT NULL,
  degraded_seconds integer NOT NULL,
  joined_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);

-- Lives that were declared dead, while they may still answer from before (their degraded window).
CREATE TABLE lapsed (
  life uuid PRIMARY KEY,
  process text NOT NULL,
  until timestamptz NOT NULL
);

-- Articles taken down: hidden whatever their store says.
CREATE TABLE tombstones (
  article_id text COLLATE "C" PRIMARY KEY,
  edition text NOT NULL,
  slugs text[] NOT NULL,
  paths text[] NOT NULL,
  laid_at timestamptz NOT NULL DEFAULT now()
);
