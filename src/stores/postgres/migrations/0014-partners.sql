-- Who may have what beyond what everybody may: plans, the partners that hold them, and their keys.

-- Every content a plan ever had, by the digest of what it lets be seen: whoever was last told of changes under a former one is
-- told what has come and gone with the new.
CREATE TABLE plan_contents (
  audience text PRIMARY KEY,
  content jsonb NOT NULL,
  since timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE plans (
  name text COLLATE "C" PRIMARY KEY,
  audience text NOT NULL REFERENCES plan_contents (audience),
  -- With its budget, which is no part of what may be seen.
  content jsonb NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE partners (
  id text COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  plan text COLLATE "C" NOT NULL REFERENCES plans (name),
  expires_at timestamptz,
  -- Addresses and networks its requests come from; empty: from anywhere.
  addresses text[] NOT NULL DEFAULT '{}',
  -- Named by the configuration file, which alone may change it.
  is_declared boolean NOT NULL DEFAULT false,
  -- Set: was named by the file, and is not any longer. Its keys open nothing.
  retired_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Never the key itself: what finds it, and a digest of the whole.
CREATE TABLE partner_keys (
  prefix text COLLATE "C" PRIMARY KEY,
  partner_id text COLLATE "C" NOT NULL REFERENCES partners (id) ON DELETE CASCADE,
  digest text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX partner_keys_by_partner ON partner_keys (partner_id);

-- What processes compare theirs with: one small row instead of everything.
CREATE TABLE partner_register (version bigint NOT NULL);
INSERT INTO partner_register (version) VALUES (1);
CREATE FUNCTION number_partner_register() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE partner_register SET version = version + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER number_partner_register AFTER INSERT OR UPDATE OR DELETE ON plans
  FOR EACH ROW EXECUTE FUNCTION number_partner_register();
CREATE TRIGGER number_partner_register AFTER INSERT OR UPDATE OR DELETE ON partners
  FOR EACH ROW EXECUTE FUNCTION number_partner_register();
CREATE TRIGGER number_partner_register AFTER INSERT OR UPDATE OR DELETE ON partner_keys
  FOR EACH ROW EXECUTE FUNCTION number_partner_register();

-- Requests by day, UTC.
CREATE TABLE partner_usage (
  partner_id text COLLATE "C" NOT NULL REFERENCES partners (id) ON DELETE CASCADE,
  prefix text COLLATE "C" NOT NULL,
  day date NOT NULL,
  requests bigint NOT NULL,
  PRIMARY KEY (partner_id, prefix, day)
);
