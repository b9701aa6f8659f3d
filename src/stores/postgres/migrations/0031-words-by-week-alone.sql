-- In a transaction of its own, for the reason of 0028. While it waits for whoever reads articles for long (a dump), all others wait behind it.
SET LOCAL lock_timeout = '2s';
DROP INDEX articles_by_search;
ALTER INDEX articles_by_words RENAME TO articles_by_search;
