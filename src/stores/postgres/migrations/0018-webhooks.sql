-- Where partners are told of changes (`syndication/webhooks/`). Instants are of the gateway's clock unless said otherwise.
CREATE TABLE webhook_endpoints (
  id text COLLATE "C" PRIMARY KEY,
  partner_id text COLLATE "C" NOT NULL,
  url text NOT NULL,
  -- Empty: every one.
  editions text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  -- What happened before is passed over when it begins; null: nothing is.
  begins_at timestamptz,
  -- Null: it is live.
  disabled_at timestamptz,
  disabled_reason text,
  -- Of the deltas: all up to here stands in webhook_deliveries. Null: it begins.
  cursor text,
  -- When deltas were last looked for.
  looked_at timestamptz,
  succeeded_at timestamptz,
  -- Times in a row that it gave no answer, and until when it is left alone for that.
  failures integer NOT NULL DEFAULT 0,
  rests_until timestamptz,
  -- The process that sends to it just now; by the database's clock, others may once that has passed.
  owner uuid,
  owned_until timestamptz
);
CREATE INDEX webhook_endpoints_by_partner ON webhook_endpoints (partner_id);

-- What is signed with; readable, since whoever signs has to know it.
CREATE TABLE webhook_secrets (
  endpoint_id text COLLATE "C" NOT NULL REFERENCES webhook_endpoints ON DELETE CASCADE,
  secret text NOT NULL,
  created_at timestamptz NOT NULL,
  -- Null: it has no end.
  expires_at timestamptz,
  PRIMARY KEY (endpoint_id, secret)
);

-- What each endpoint is to be told, in order, and what became of it.
CREATE TABLE webhook_deliveries (
  endpoint_id text COLLATE "C" NOT NULL REFERENCES webhook_endpoints ON DELETE CASCADE,
  number bigint GENERATED ALWAYS AS IDENTITY,
  change_id text NOT NULL,
  kind text NOT NULL,
  article_id text COLLATE "C" NOT NULL,
  url text NOT NULL,
  edition text NOT NULL,
  occurred_at timestamptz NOT NULL,
  version integer NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'abandoned')),
  attempts integer NOT NULL DEFAULT 0,
  first_attempt_at timestamptz,
  next_at timestamptz NOT NULL,
  -- Null: there was no answer; `last_failure` says why.
  last_status integer,
  last_failure text,
  -- As what it was told at last: a KILL may have taken its place.
  told_kind text,
  ended_at timestamptz,
  PRIMARY KEY (endpoint_id, number)
);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (endpoint_id, article_id, number) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at) WHERE state <> 'waiting';
