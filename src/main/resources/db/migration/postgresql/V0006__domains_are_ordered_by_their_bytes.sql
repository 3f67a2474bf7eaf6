-- Senders walk the domains in the order that the program knows, whatever the database's own collation.
alter table delivery alter column domain type text collate "C";
