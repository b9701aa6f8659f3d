-- How far each CDN has been purged, so that a restart loses no purge. A CDN is known by the digest of its purge address;
-- each is told of a change several times (passes), because answers made before the change may still be on their way.
CREATE TABLE cdn_purges (
  target text COLLATE "C" NOT NULL,
  pass text COLLATE "C" NOT NULL,
  -- Which log `sequence` is of; another one: everything must go.
  epoch uuid,
  sequence bigint NOT NULL DEFAULT 0,
  -- Release, schema and configuration that its answers were made with.
  build text NOT NULL,
  -- How often it was asked to drop everything, and up to which asking it has.
  all_asked bigint NOT NULL DEFAULT 1,
  all_done bigint NOT NULL DEFAULT 0,
  -- Who purges just now: others need not. It is no lock, purging twice does no harm.
  owner uuid,
  owned_until timestamptz,
  PRIMARY KEY (target, pass)
);
