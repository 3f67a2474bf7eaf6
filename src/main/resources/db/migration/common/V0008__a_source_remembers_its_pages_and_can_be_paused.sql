-- Paused by an admin: not visited until resumed. No part of the definition.
alter table source add column paused_at bigint;

-- Read by its source's id alone: what is large stays out of the rows that every round reads.
create table source_memory (
  source_id bigint not null,
  -- JSON list: what the last reading mended or left out, one sentence each
  notes text,
  -- JSON, for page and sitemap sources: where the list was found, and which pages are known; at most some hundred kilobytes
  pages text,
  constraint source_memory_pk primary key (source_id),
  constraint source_memory_source foreign key (source_id) references source (id)
);
