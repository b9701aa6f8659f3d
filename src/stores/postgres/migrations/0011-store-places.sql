-- How far the change log of another PostgreSQL, a store of its own, has been copied into ours. The epoch is that of its log.
CREATE TABLE store_places (
  store text COLLATE "C" PRIMARY KEY,
  epoch uuid NOT NULL,
  sequence bigint NOT NULL
);
