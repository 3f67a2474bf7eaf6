-- where a source says that it moved for good, since when, and at how many visits in a row; null: nothing is said, or it is believed, and learned_url has it
alter table source add column moving_url text;
alter table source add column moving_since_at bigint;
alter table source add column moving_visits integer not null default 0;
