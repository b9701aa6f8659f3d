-- What was taken back lately, which feeds tell, however much has happened since.
CREATE INDEX deltas_kills ON deltas (edition, occurred_at DESC, sequence DESC) WHERE kind = 'KILL';
