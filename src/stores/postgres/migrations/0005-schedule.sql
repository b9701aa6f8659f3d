-- Instants not yet announced at which an article changes by itself. A writer of content adds those ahead of its own
-- instant (what has passed by then is in what it says itself) and takes out those the article has no longer; the
-- scheduler takes out what is due and says what readers see of it, in one transaction. The place it has reached is what
-- is left here: a row that is committed late is found all the same, and one that is gone is never found again.
-- A row says where to look; what happened is read from the article. So one without an article is harmless.
CREATE TABLE schedule (
  at timestamptz NOT NULL,
  article_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (at, article_id)
);
CREATE INDEX schedule_by_article ON schedule (article_id);
-- What has passed before there was a schedule is nobody's news.
INSERT INTO schedule (at, article_id) SELECT DISTINCT at, article_id FROM boundaries WHERE at > now();

-- One row: when what is old was last removed.
CREATE TABLE housekeeping (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  done_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO housekeeping DEFAULT VALUES;

-- The last change of an article stays when older ones are removed.
CREATE INDEX change_log_by_article ON change_log (article_id, sequence) WHERE article_id IS NOT NULL;
CREATE INDEX change_requests_by_time ON change_requests (recorded_at);
