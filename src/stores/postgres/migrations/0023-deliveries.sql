-- What partners were given, so that it can be said who holds which version of an article that is taken back. Nothing here names
-- a table of partners: what one was given is known after it was removed, too.

-- Which versions of which articles an answer hands over, by the digest of that: once for all who were given it.
CREATE TABLE manifests (
  digest text COLLATE "C" PRIMARY KEY,
  -- Three of the same length.
  article_ids text[] COLLATE "C" NOT NULL,
  versions integer[] NOT NULL,
  -- 0: named in a list or a reference; 1: its excerpt; 2: its text.
  extents smallint[] NOT NULL
);
CREATE INDEX manifests_by_article ON manifests USING gin (article_ids);

CREATE TABLE deliveries (
  partner_id text COLLATE "C" NOT NULL,
  digest text COLLATE "C" NOT NULL REFERENCES manifests,
  -- How: query, feed, delta or webhook.
  via text COLLATE "C" NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  times bigint NOT NULL,
  PRIMARY KEY (partner_id, digest, via)
);
CREATE INDEX deliveries_by_manifest ON deliveries (digest);
CREATE INDEX deliveries_by_time ON deliveries (last_at);

-- The same of what was given last longer ago, by article and version: an answer has changed by then, its articles were in many.
CREATE TABLE held_versions (
  article_id text COLLATE "C" NOT NULL,
  partner_id text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  via text COLLATE "C" NOT NULL,
  extent smallint NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  times bigint NOT NULL,
  PRIMARY KEY (article_id, partner_id, version, via)
);
CREATE INDEX held_versions_by_time ON held_versions (last_at);

-- How far each partner has come in its deltas, as the furthest cursor says that it came back with: all before it was told.
CREATE TABLE delta_places (
  partner_id text COLLATE "C" NOT NULL,
  -- That it follows, joined by commas; empty: every one.
  editions text COLLATE "C" NOT NULL,
  epoch uuid NOT NULL,
  sequence bigint NOT NULL,
  asked_at timestamptz NOT NULL,
  PRIMARY KEY (partner_id, editions)
);

-- What was ordered by hand, and why; for whoever runs the gateway only.
CREATE TABLE takedown_orders (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  article_id text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('lay', 'lift')),
  reason text,
  ordered_at timestamptz NOT NULL
);
CREATE INDEX takedown_orders_by_article ON takedown_orders (article_id, number);
