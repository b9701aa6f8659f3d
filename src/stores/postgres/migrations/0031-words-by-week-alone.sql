-- In a transaction of its own, for the reason of 0028.
DROP INDEX articles_by_search;
ALTER INDEX articles_by_words RENAME TO articles_by_search;
