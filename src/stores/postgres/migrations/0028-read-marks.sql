DROP INDEX memberships_by_published;
ALTER INDEX memberships_with_marks RENAME TO memberships_by_published;
