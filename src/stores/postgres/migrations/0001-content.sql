-- Content as the gateway holds it. PostgreSQL 15 and PGlite alike: no extension, no ICU collation.
-- Text that is compared or sorted is COLLATE "C": every store, page and cursor must agree on the order.

CREATE TABLE sections (
  id text COLLATE "C" PRIMARY KEY,
  edition text NOT NULL,
  kind text NOT NULL,
  slug text NOT NULL,
  path text COLLATE "C" NOT NULL,
  name text NOT NULL,
  description text,
  parent_id text COLLATE "C" REFERENCES sections (id),
  position integer NOT NULL DEFAULT 0,
  translation_group text,
  UNIQUE (edition, path)
);
CREATE INDEX sections_by_group ON sections (translation_group) WHERE translation_group IS NOT NULL;

CREATE TABLE tags (
  id text COLLATE "C" PRIMARY KEY,
  edition text NOT NULL,
  slug text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  translation_group text,
  UNIQUE (edition, slug)
);
CREATE INDEX tags_by_name ON tags (edition, name, id);
CREATE INDEX tags_by_group ON tags (translation_group) WHERE translation_group IS NOT NULL;

CREATE TABLE authors (
  id text COLLATE "C" PRIMARY KEY,
  edition text NOT NULL,
  kind text NOT NULL,
  slug text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  role text,
  bio text,
  avatar jsonb,
  translation_group text,
  UNIQUE (edition, slug)
);
CREATE INDEX authors_by_name ON authors (edition, name, id);
CREATE INDEX authors_by_group ON authors (translation_group) WHERE translation_group IS NOT NULL;

CREATE TABLE live_streams (
  edition text PRIMARY KEY,
  title text NOT NULL,
  url text NOT NULL,
  started_at timestamptz,
  ended_at timestamptz
);

CREATE TABLE articles (
  id text COLLATE "C" PRIMARY KEY,
  edition text NOT NULL,
  kind text NOT NULL,
  -- The publishing system and its own id: what an import is idempotent by.
  source text NOT NULL,
  source_id text NOT NULL,
  slug text COLLATE "C" NOT NULL,
  path text COLLATE "C" NOT NULL,
  language text,
  kicker text,
  headline text NOT NULL,
  standfirst text,
  byline text,
  -- In editorial order; memberships hold the same ids for lookups the other way round.
  author_ids text[] NOT NULL DEFAULT '{}',
  section_ids text[] NOT NULL,
  tag_ids text[] NOT NULL DEFAULT '{}',
  sources jsonb NOT NULL DEFAULT '[]',
  published_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version integer NOT NULL DEFAULT 1,
  breaking boolean NOT NULL DEFAULT false,
  breaking_until timestamptz,
  lead jsonb,
  media jsonb NOT NULL DEFAULT '[]',
  body jsonb NOT NULL DEFAULT '[]',
  body_text text NOT NULL DEFAULT '',
  word_count integer NOT NULL DEFAULT 0,
  corrections jsonb NOT NULL DEFAULT '[]',
  syndication text NOT NULL DEFAULT 'FULL',
  rights_holder text,
  usage_terms text,
  embargoed_until timestamptz,
  expires_at timestamptz,
  seo jsonb,
  translation_group text,
  withdrawn_at timestamptz,
  -- Digest of everything a reader could see: version and updated_at move only when it does.
  content_digest text NOT NULL,
  search tsvector NOT NULL DEFAULT '',
  -- Numbers of the latest moves of its sort instants, null while they stand where they began: see the trigger below.
  published_move bigint,
  updated_move bigint,
  UNIQUE (edition, source, source_id)
);
CREATE INDEX articles_by_group ON articles (translation_group) WHERE translation_group IS NOT NULL;
CREATE INDEX articles_by_search ON articles USING gin (search);
CREATE INDEX articles_breaking ON articles (edition) WHERE breaking;
-- Counting asks ten thousand articles whether they are visible: never from their wide rows.
CREATE INDEX articles_visible ON articles (id)
  INCLUDE (withdrawn_at, published_at, embargoed_until, expires_at, syndication, breaking, breaking_until);

-- Every change of an article's place in the lists has a number. A reader who pages through a list carries the latest of
-- its first page, and does not meet again what moved since: it may stand on a page already read.
CREATE SEQUENCE article_moves;
CREATE INDEX articles_by_published_move ON articles (edition, published_move) WHERE published_move IS NOT NULL;
CREATE INDEX articles_by_updated_move ON articles (edition, updated_move) WHERE updated_move IS NOT NULL;
CREATE FUNCTION number_article_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.published_at <> OLD.published_at THEN NEW.published_move := nextval('article_moves'); END IF;
  IF NEW.updated_at <> OLD.updated_at THEN NEW.updated_move := nextval('article_moves'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER number_article_move BEFORE UPDATE OF published_at, updated_at ON articles
  FOR EACH ROW EXECUTE FUNCTION number_article_move();

-- One row per list an article stands in: its edition (`edn_en`), its sections with their ancestors, its tags, its authors.
-- Every listing, whatever its scope, is one range of one index.
CREATE TABLE memberships (
  target text COLLATE "C" NOT NULL,
  article_id text COLLATE "C" NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  kind text NOT NULL,
  published_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (article_id, target)
);
CREATE INDEX memberships_by_published ON memberships (target, published_at DESC, article_id DESC) INCLUDE (kind, updated_at);
CREATE INDEX memberships_by_updated ON memberships (target, updated_at DESC, article_id DESC) INCLUDE (kind, published_at);

-- Instants at which an article changes by itself (publication, embargo, expiry, end of breaking), per list it stands in.
-- Written with the article, past ones included: whoever reads asks for those ahead of its own now.
CREATE TABLE boundaries (
  target text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  article_id text COLLATE "C" NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  PRIMARY KEY (target, at, article_id)
);
CREATE INDEX boundaries_by_article ON boundaries (article_id);

-- Slugs and paths, present and former. A current holder takes an address over from a former one.
CREATE TABLE addresses (
  edition text NOT NULL,
  form text NOT NULL CHECK (form IN ('slug', 'path')),
  value text COLLATE "C" NOT NULL,
  article_id text COLLATE "C" NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  is_current boolean NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (edition, form, value)
);
CREATE INDEX addresses_by_article ON addresses (article_id);
CREATE INDEX addresses_former ON addresses (article_id) WHERE form = 'path' AND NOT is_current;

-- Hourly buckets (start of the hour, UTC) and a running total for "all time".
CREATE TABLE engagement_hours (
  article_id text COLLATE "C" NOT NULL,
  hour timestamptz NOT NULL,
  edition text NOT NULL,
  views integer NOT NULL DEFAULT 0,
  shares integer NOT NULL DEFAULT 0,
  PRIMARY KEY (article_id, hour)
);
CREATE INDEX engagement_by_hour ON engagement_hours (edition, hour) INCLUDE (article_id, views, shares);
CREATE TABLE engagement_totals (
  article_id text COLLATE "C" PRIMARY KEY,
  views bigint NOT NULL DEFAULT 0,
  shares bigint NOT NULL DEFAULT 0
);
