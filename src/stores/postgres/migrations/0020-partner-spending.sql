-- What partners have spent, a row a day: of whoever it was, a partner that was removed since included.
CREATE TABLE partner_spending (
  partner_id text NOT NULL,
  day date NOT NULL,
  requests bigint NOT NULL,
  spent double precision NOT NULL,
  refused bigint NOT NULL,
  PRIMARY KEY (partner_id, day)
);
