-- What came back about an address: bounces, complaints, unsubscribes by mail, and what an admin did. Rows are only ever added.
create table feedback (
  id bigint not null,
  -- hash of what makes it itself: the same mail, report or refusal counts once
  fingerprint text not null,
  kind text not null,
  -- of a bounce: what it says of the address
  severity text,
  -- null where it is about nobody we know
  subscriber_id bigint,
  address_key text,
  -- null where it is about no edition, or it doesn't say
  edition_id bigint,
  -- enhanced status (RFC 3463)
  status text,
  -- what the mail server said, or why it couldn't be read
  diagnostic text,
  via text not null,
  outcome text not null,
  -- when the mail it is about was sent, as far as is known; else when it happened
  sent_at bigint not null,
  happened_at bigint not null,
  taken_at bigint not null,
  -- the beginning of a mail that could not be read, for an admin
  raw text,
  constraint feedback_pk primary key (id),
  constraint feedback_once unique (fingerprint),
  constraint feedback_kind check (kind in
    ('bounce', 'delay', 'complaint', 'unsubscribe', 'suppressed', 'lifted', 'unparsed')),
  constraint feedback_severity check (severity in ('hard', 'soft', 'policy'))
);

-- the history of an address, newest first
create index feedback_of_address on feedback (address_key, id desc) where address_key is not null;
-- the policy counts a subscriber's soft bounces, and asks which of their deliveries came back
create index feedback_bounce on feedback (subscriber_id, sent_at) where kind = 'bounce';
-- what waits for an admin; how much of it came lately
create index feedback_unparsed on feedback (taken_at) where kind = 'unparsed';

-- refusals are reviewed once, each by this mark, whatever the clocks of several nodes say
alter table delivery add column reviewed_at bigint;
alter table outbox add column reviewed_at bigint;
create index delivery_unreviewed on delivery (changed_at) where state = 'refused' and reviewed_at is null;
create index outbox_unreviewed on outbox (id) where state = 'refused' and reviewed_at is null;
