-- What happened to which content. Writers of content put a row into the outbox in their own transaction; the relay moves
-- rows into the log in short transactions of its own, so that a long import never holds the log's lock.
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  article_id text COLLATE "C",
  edition text NOT NULL,
  -- Old ∪ new: what read the article before must end as well as what will read it now.
  tags text[] NOT NULL,
  version integer,
  occurred_at timestamptz NOT NULL
);

CREATE TABLE change_log (
  -- Commit order: given under a lock, without gaps.
  sequence bigint PRIMARY KEY,
  kind text NOT NULL,
  article_id text COLLATE "C",
  edition text NOT NULL,
  tags text[] NOT NULL,
  version integer,
  occurred_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now()
);

-- One row: which log this is (replaced after a restore), and the last sequence given.
CREATE TABLE change_log_head (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  epoch uuid NOT NULL DEFAULT gen_random_uuid(),
  sequence bigint NOT NULL DEFAULT 0
);
INSERT INTO change_log_head DEFAULT VALUES;
