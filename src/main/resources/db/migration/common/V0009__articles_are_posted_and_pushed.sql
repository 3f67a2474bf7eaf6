-- Who may post articles to a source of kind api. The token itself is shown once and kept nowhere.
create table source_token (
  id bigint not null,
  source_id bigint not null,
  -- what an admin calls it: who holds it
  note text,
  -- SHA-256 of the token, hexadecimal
  hash text not null,
  created_at bigint not null,
  -- to the minute or so; null: never
  used_at bigint,
  -- null: it is good
  revoked_at bigint,
  constraint source_token_pk primary key (id),
  -- a request is looked up by it
  constraint source_token_hash unique (hash),
  constraint source_token_source foreign key (source_id) references source (id)
);

-- Our subscription at the hub of a feed that we collect (WebSub). Its callback and secret are derived from its id and the installation's secret.
create table hub_subscription (
  id bigint not null,
  source_id bigint not null,
  hub text not null,
  topic text not null,
  -- wanted: asked for, or to be asked for; live: the hub has proved that it took it; denied: it said no; leaving: to be ended there
  state text not null,
  -- when the hub stops pushing unless it is renewed; null before it is live
  lease_until_at bigint,
  -- the next request to the hub
  next_at bigint not null,
  -- requests in a row without success
  failures integer not null default 0,
  error text,
  -- the last document that was pushed and proved
  pushed_at bigint,
  -- it was promised to be taken in, and is not yet; null: nothing is owed
  owed_at bigint,
  created_at bigint not null,
  constraint hub_subscription_pk primary key (id),
  constraint hub_subscription_source unique (source_id),
  constraint hub_subscription_state check (state in ('wanted', 'live', 'denied', 'leaving')),
  constraint hub_subscription_of_source foreign key (source_id) references source (id)
);

-- which are to be asked for, renewed or ended
create index hub_subscription_next on hub_subscription (next_at);
