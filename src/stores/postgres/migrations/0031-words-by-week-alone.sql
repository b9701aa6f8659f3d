-- In a transaction of its own, for the reason of 0028. While it waits for whoever has articles for long (a dump, an import), readers wait behind it.
SET LOCAL lock_timeout = '300ms';
DROP INDEX articles_by_search;
ALTER INDEX articles_by_words RENAME TO articles_by_search;
