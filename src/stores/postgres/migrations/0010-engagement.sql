-- What the counters of this database are called where several newsrooms count in one Redis; a restored copy keeps the name.
CREATE TABLE engagement_space (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  is_only boolean NOT NULL DEFAULT true UNIQUE CHECK (is_only)
);
INSERT INTO engagement_space DEFAULT VALUES;

-- One row per client, article, kind and minute: a digest, of which nobody is told by. Lost in a crash, which costs nothing.
CREATE UNLOGGED TABLE engagement_once (
  key text COLLATE "C" PRIMARY KEY,
  told_at timestamptz NOT NULL
);

-- What clients' addresses are hashed with, a day each; with it goes the last way back from a digest to an address.
CREATE TABLE engagement_salts (
  day date PRIMARY KEY,
  salt text NOT NULL
);
