-- When an article was taken down by order, whatever the lines of its publishing system say: `withdrawn_at` is the line's
-- own instant, or this one. Never on a whole second, as a line's is, so that lifting the order knows whose it is.
ALTER TABLE articles ADD COLUMN taken_down_at timestamptz;
