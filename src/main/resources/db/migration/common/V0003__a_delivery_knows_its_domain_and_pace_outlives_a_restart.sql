-- What follows the at sign, lower-case: senders take queued deliveries domain by domain, so that a slow one holds up no other.
alter table delivery add column domain text not null default '';

-- The characters of an address but its at sign, taken off its end, leave the local part with the at sign.
update delivery
set domain = (select substr(s.address_key, length(rtrim(s.address_key, replace(s.address_key, '@', ''))) + 1)
              from subscriber s
              where s.id = delivery.subscriber_id)
where domain = '';

-- which of the configured senders it went out through last
alter table delivery add column sender text;

drop index delivery_queued;

-- senders claim the queued ones of an edition, from a place on or of one domain
create index delivery_queued on delivery (edition_id, domain, subscriber_id) where state = 'queued';

-- who or what holds it back
alter table edition add column paused_why text;

-- How fast a sender may send to a provider, or to all ('*'), as far as it must be known after a restart.
create table pace (
  sender text not null,
  provider text not null,
  -- when the next message may start (the theoretical arrival time of the generic cell rate algorithm)
  next_at bigint not null,
  -- messages an hour that the provider's replies have brought it down to; null: none
  hourly_cap bigint,
  -- how often in a row it was told to slow down, and until when it waits
  slowed integer not null default 0,
  until_at bigint,
  -- warm-up: how many went out on this day (YYYY-MM-DD in the site's zone)
  day text,
  day_count bigint not null default 0,
  changed_at bigint not null,
  constraint pace_pk primary key (sender, provider)
);
