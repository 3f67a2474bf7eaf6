-- Instants are milliseconds since the epoch, UTC, in columns named _at. Ids are ours (time-ordered, 63 bits).
-- The same text runs on SQLite and PostgreSQL.

-- ---------------------------------------------------------------------------------------------------------------- definitions

create table source (
  id bigint not null,
  name text not null,
  -- the definition's JSON, as config or an admin gave it
  definition text not null,
  provisioned boolean not null,
  created_at bigint not null,
  -- its definition was removed: kept for its articles, never collected
  closed_at bigint,
  -- what the last answer said, for conditional requests
  etag text,
  last_modified text,
  body_fingerprint text,
  learned_url text,
  -- null until its first successful collect: that one is back catalogue
  established_at bigint,
  collected_at bigint,
  next_at bigint not null,
  failures integer not null default 0,
  error text,
  -- how far its guids can be trusted: sightings of known stories, and how many of them came back under another guid
  guid_known bigint not null default 0,
  guid_changed bigint not null default 0,
  -- several entries of one fetch shared a guid: from then on guid and URL together are the key
  guid_shared boolean not null default false,
  constraint source_pk primary key (id),
  constraint source_name unique (name)
);

create table feed (
  id bigint not null,
  name text not null,
  definition text not null,
  provisioned boolean not null,
  created_at bigint not null,
  -- answered with 410 from then on
  closed_at bigint,
  -- grows with each change of the built bytes; every node builds its own files up to it
  change_number bigint not null default 0,
  changed_at bigint,
  fingerprint text,
  constraint feed_pk primary key (id),
  constraint feed_name unique (name)
);

create table newsletter (
  id bigint not null,
  name text not null,
  definition text not null,
  provisioned boolean not null,
  created_at bigint not null,
  closed_at bigint,
  constraint newsletter_pk primary key (id),
  constraint newsletter_name unique (name)
);

create table cadence (
  newsletter_id bigint not null,
  name text not null,
  -- cron and zone as they were when since_at was set: a change of either sets it anew
  schedule text not null,
  -- no slot up to this instant is due: when the cadence was first applied, enabled again, or its cron changed
  since_at bigint not null,
  constraint cadence_pk primary key (newsletter_id, name),
  constraint cadence_newsletter foreign key (newsletter_id) references newsletter (id)
);

-- one row a fact about this installation, such as the hash of the config last applied
create table fact (
  name text not null,
  value text not null,
  changed_at bigint not null,
  constraint fact_pk primary key (name)
);

-- ------------------------------------------------------------------------------------------------------------------- articles

create table article (
  id bigint not null,
  url text,
  title text not null,
  author text,
  unit text,
  dateline text,
  language text,
  summary text,
  content text,
  -- JSON arrays
  categories text not null,
  enclosures text not null,
  published_at bigint,
  -- where published_at was read; null with it: then the instant of collection serves, marked as ours
  date_from text,
  -- the last significant change
  updated_at bigint not null,
  collected_at bigint not null,
  -- min(published, collected): the order of feeds, which a date in the future can't lead
  ordered_at bigint not null,
  fingerprint text not null,
  revisions integer not null default 0,
  -- the version of the sanitiser that summary and content went through
  sanitiser integer not null,
  constraint article_pk primary key (id)
);

-- feeds read the newest first; so does `article list`
create index article_ordered on article (ordered_at desc, id desc);

create table sighting (
  id bigint not null,
  article_id bigint not null,
  source_id bigint not null,
  -- as given, and without scheme, host prefix and trailing slash
  guid text,
  guid_key text,
  -- as seen, and canonical
  url text,
  url_key text,
  -- the platform's own id of the page, with its host
  platform_key text,
  -- hash of headline and text
  text_key text not null,
  fingerprint text not null,
  seen_at bigint not null,
  -- when it became news through this source; null: back catalogue
  eligible_at bigint,
  -- the article's, again: feeds of few sources read their newest by it
  ordered_at bigint not null,
  joined_by text not null,
  constraint sighting_pk primary key (id),
  constraint sighting_article foreign key (article_id) references article (id),
  constraint sighting_source foreign key (source_id) references source (id)
);

-- identity looks a new entry up by each key in turn
create index sighting_guid on sighting (source_id, guid) where guid is not null;
create index sighting_guid_key on sighting (source_id, guid_key) where guid_key is not null;
create index sighting_url_key on sighting (url_key) where url_key is not null;
create index sighting_platform_key on sighting (platform_key) where platform_key is not null;
create index sighting_text_key on sighting (text_key);
create index sighting_of_article on sighting (article_id);
-- the newest articles of a source
create index sighting_of_source on sighting (source_id, ordered_at desc, article_id desc);
-- composing asks for what became eligible since an instant
create index sighting_eligible on sighting (eligible_at, article_id) where eligible_at is not null;

-- an earlier wording of an article
create table revision (
  article_id bigint not null,
  number integer not null,
  title text not null,
  summary text,
  content text,
  fingerprint text not null,
  -- when a later wording took its place
  replaced_at bigint not null,
  constraint revision_pk primary key (article_id, number),
  constraint revision_article foreign key (article_id) references article (id)
);

-- ---------------------------------------------------------------------------------------------------------------- subscribers

create table subscriber (
  id bigint not null,
  -- the mailbox as given, for the envelope
  address text not null,
  -- lower-cased: one subscriber an address
  address_key text not null,
  name text,
  language text,
  time_zone text,
  created_at bigint not null,
  constraint subscriber_pk primary key (id),
  constraint subscriber_address unique (address_key)
);

create table subscription (
  newsletter_id bigint not null,
  subscriber_id bigint not null,
  cadence text not null,
  -- JSON array of topic names
  topics text not null,
  state text not null,
  requested_at bigint not null,
  -- when it became active, or changed its cadence
  joined_at bigint,
  -- articles eligible after this instant are due to it: the newest slot of its cadence before it joined
  due_after_at bigint,
  ended_at bigint,
  -- unsubscribed, suppressed, removed
  ended_why text,
  constraint subscription_pk primary key (newsletter_id, subscriber_id),
  constraint subscription_state check (state in ('pending', 'active', 'ended')),
  constraint subscription_newsletter foreign key (newsletter_id) references newsletter (id),
  constraint subscription_subscriber foreign key (subscriber_id) references subscriber (id)
);

-- composing pages through the active subscriptions of a cadence
create index subscription_active on subscription (newsletter_id, cadence, subscriber_id) where state = 'active';
create index subscription_of_subscriber on subscription (subscriber_id);
-- composing asks who joined since the last edition
create index subscription_joined on subscription (newsletter_id, joined_at) where state = 'active';

-- what was agreed or withdrawn, when and how shown; rows are only ever added (GDPR art. 7)
create table consent (
  id bigint not null,
  subscriber_id bigint not null,
  newsletter_id bigint not null,
  -- requested, confirmed, imported, withdrawn
  what text not null,
  at bigint not null,
  evidence text,
  ip text,
  agent text,
  constraint consent_pk primary key (id),
  constraint consent_what check (what in ('requested', 'confirmed', 'imported', 'withdrawn')),
  constraint consent_subscriber foreign key (subscriber_id) references subscriber (id)
);

create index consent_of_subscriber on consent (subscriber_id, newsletter_id);

create table suppression (
  address_key text not null,
  why text not null,
  since_at bigint not null,
  reply text,
  constraint suppression_pk primary key (address_key)
);

-- ------------------------------------------------------------------------------------------------------- editions and deliveries

-- processes that claim work; a row whose process is gone is taken over
create table node (
  id bigint not null,
  kind text not null,
  version text not null,
  pid bigint not null,
  started_at bigint not null,
  constraint node_pk primary key (id),
  constraint node_kind check (kind in ('serve', 'command'))
);

create table edition (
  id bigint not null,
  newsletter_id bigint not null,
  cadence text not null,
  slot_at bigint not null,
  state text not null,
  -- the newsletter's definition when it was composed
  definition text not null,
  subject text,
  -- it holds articles that became eligible after from_at and up to as_of_at
  from_at bigint not null,
  as_of_at bigint not null,
  -- an admin asked for it: every reader's articles count from the newsletter's last sent edition
  by_hand boolean not null default false,
  -- how many of the newest articles of the back catalogue it may take
  backlog integer not null default 0,
  -- the process that composes it
  node_id bigint,
  recipients bigint not null default 0,
  started_at bigint not null,
  ended_at bigint,
  constraint edition_pk primary key (id),
  constraint edition_slot unique (newsletter_id, cadence, slot_at),
  constraint edition_state check (state in ('composing', 'sending', 'paused', 'cancelled', 'sent', 'nothing-new')),
  constraint edition_newsletter foreign key (newsletter_id) references newsletter (id)
);

create index edition_newest on edition (newsletter_id, cadence, as_of_at desc);
-- senders ask what is on its way; a starting process what was left half composed
create index edition_unfinished on edition (state) where state in ('composing', 'sending', 'paused');

create table variant (
  id bigint not null,
  edition_id bigint not null,
  -- hash of the article list and the language
  fingerprint text not null,
  language text,
  constraint variant_pk primary key (id),
  constraint variant_list unique (edition_id, fingerprint),
  constraint variant_edition foreign key (edition_id) references edition (id)
);

create table variant_article (
  variant_id bigint not null,
  article_id bigint not null,
  position integer not null,
  -- false: beyond the newsletter's maximum: linked and counted as had
  shown boolean not null,
  constraint variant_article_pk primary key (variant_id, article_id),
  constraint variant_article_variant foreign key (variant_id) references variant (id),
  constraint variant_article_article foreign key (article_id) references article (id)
);

-- who had this article: composing asks which earlier editions hold today's candidates
create index variant_article_of_article on variant_article (article_id);

create table delivery (
  edition_id bigint not null,
  subscriber_id bigint not null,
  variant_id bigint not null,
  state text not null,
  attempts integer not null default 0,
  -- a deferred one is queued again at this instant
  next_at bigint,
  node_id bigint,
  reply text,
  changed_at bigint not null,
  constraint delivery_pk primary key (edition_id, subscriber_id),
  constraint delivery_state check (state in
    ('queued', 'claimed', 'sending', 'accepted', 'deferred', 'refused', 'suppressed', 'unknown', 'held', 'cancelled')),
  constraint delivery_edition foreign key (edition_id) references edition (id),
  constraint delivery_subscriber foreign key (subscriber_id) references subscriber (id),
  constraint delivery_variant foreign key (variant_id) references variant (id)
);

-- senders claim the queued ones of an edition
create index delivery_queued on delivery (edition_id, subscriber_id) where state = 'queued';
-- what is due again
create index delivery_deferred on delivery (next_at) where state = 'deferred';
-- what a dead process left
create index delivery_in_hand on delivery (node_id) where state in ('claimed', 'sending');
-- composing gives back to a reader what never reached them
create index delivery_missed on delivery (subscriber_id) where state in ('refused', 'cancelled', 'suppressed');
-- what one reader had, for `explain` and erasure
create index delivery_of_subscriber on delivery (subscriber_id);

-- single mails that are no edition: confirmations
create table outbox (
  id bigint not null,
  kind text not null,
  newsletter_id bigint not null,
  subscriber_id bigint not null,
  state text not null,
  attempts integer not null default 0,
  next_at bigint,
  node_id bigint,
  reply text,
  created_at bigint not null,
  changed_at bigint not null,
  constraint outbox_pk primary key (id),
  constraint outbox_kind check (kind in ('confirm')),
  constraint outbox_state check (state in
    ('queued', 'claimed', 'sending', 'accepted', 'deferred', 'refused', 'suppressed', 'unknown', 'held', 'cancelled')),
  constraint outbox_newsletter foreign key (newsletter_id) references newsletter (id),
  constraint outbox_subscriber foreign key (subscriber_id) references subscriber (id)
);

-- nobody is asked to confirm twice within an hour
create index outbox_of_subscriber on outbox (subscriber_id, newsletter_id);
create index outbox_queued on outbox (id) where state = 'queued';
create index outbox_deferred on outbox (next_at) where state = 'deferred';
create index outbox_in_hand on outbox (node_id) where state in ('claimed', 'sending');
