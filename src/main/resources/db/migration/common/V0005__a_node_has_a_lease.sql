-- By the database's clock (PostgreSQL): a node that let it run out is dead, whatever it believes. Null on SQLite, where a locked file tells.
alter table node add column lease_until_at bigint;

-- Where its process runs, so that others there can see at once that it has gone; null where that can't be told.
alter table node add column place text;

-- an admin settles what is held
create index delivery_held on delivery (edition_id, subscriber_id) where state = 'held';

-- `explain` tells the replies that an edition met most often
create index delivery_not_had on delivery (edition_id, state) where state in ('deferred', 'refused', 'held');
