-- Stories of systems that are asked by id (`stores/content-source.ts`), as they stood when they were last looked at. What
-- the gateway knows of them itself are rows of `articles`; here is what ties those to what the system says.
CREATE SEQUENCE index_looks;

CREATE TABLE index_stories (
  -- Born from the three below, whether or not there is an article.
  article_id text COLLATE "C" PRIMARY KEY,
  edition text NOT NULL,
  source text NOT NULL,
  source_id text NOT NULL,
  -- Of the look that began last: what one that began before has read may be older, and is not written.
  look bigint NOT NULL,
  -- When it was last saved there, as of the last look that found it; null: none has.
  modified_at timestamptz,
  -- When it was last found so, by the gateway's clock.
  looked_at timestamptz,
  is_present boolean NOT NULL DEFAULT false,
  -- Since when it is gone; null: it is there.
  gone_at timestamptz,
  -- Whether that is what was told, and the system still shows it.
  is_killed boolean NOT NULL DEFAULT false,
  -- Why it is there and cannot be shown.
  bad_reason text,
  UNIQUE (edition, source, source_id)
);

-- Looks that are due later: a system may say that a story has changed before it shows it.
CREATE TABLE index_relooks (
  edition text NOT NULL,
  source text NOT NULL,
  source_id text NOT NULL,
  at timestamptz NOT NULL,
  -- Whether the story was told to be there again: then it is shown, even as it was when it was withdrawn.
  lifts boolean NOT NULL DEFAULT false,
  -- By the database's clock: whoever took it has died when it is still here then.
  taken_until timestamptz,
  PRIMARY KEY (edition, source, source_id, at)
);
CREATE INDEX index_relooks_by_time ON index_relooks (edition, source, at);

-- How far who looks for what nobody told has come, and who is at it.
CREATE TABLE index_tasks (
  edition text NOT NULL,
  source text NOT NULL,
  task text NOT NULL CHECK (task IN ('sweep', 'inventory', 'taxonomy')),
  -- Of the sweep: the save up to which all is known, by the system's clock.
  reached_at timestamptz,
  -- By the gateway's clock.
  done_at timestamptz,
  failed_at timestamptz,
  -- Since when far more is missing than is believed at once.
  suspected_at timestamptz,
  -- By the database's clock.
  claimed_until timestamptz,
  -- Of the taxonomy: of the look at it that began last, as of a story.
  look bigint,
  PRIMARY KEY (edition, source, task)
);
