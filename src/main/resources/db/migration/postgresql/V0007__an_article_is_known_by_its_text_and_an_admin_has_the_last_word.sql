-- What finds the articles whose text resembles another: 32-bit hashes of parts of each article's text and headline. A row says little, and there are
-- some twenty an article, so that they are kept small and in the order that they are asked for: one key, newest articles first.
create table text_band (
  band integer not null,
  article_id bigint not null,
  constraint text_band_pk primary key (band, article_id)
);

-- how surely a sighting joined its article: JSON of the figures that decided; null where a key did
alter table sighting add column likeness text;
-- it would be news, but for its article, which an admin has not released
alter table sighting add column waiting boolean not null default false;

-- open; held: kept from feeds and mail until an admin releases it; discarded: kept from them for good; retracted: taken back; joined: another
-- article tells the story, and what was mailed of this one counts as that one's
alter table article add column standing text not null default 'open'
  constraint article_standing check (standing in ('open', 'held', 'discarded', 'retracted', 'joined'));
alter table article add column standing_why text;
alter table article add column standing_at bigint;
alter table article add column joined_to bigint;
-- admins ask what waits for them; feeds what was taken back of late
create index article_withheld on article (standing, standing_at) where standing <> 'open';
-- composing asks which others a candidate stands for
create index article_joined on article (joined_to) where joined_to is not null;

-- how a sighting read, where its article reads otherwise: the JSON of its entry
create table sighting_wording (
  sighting_id bigint not null,
  entry text not null,
  constraint sighting_wording_pk primary key (sighting_id),
  constraint sighting_wording_sighting foreign key (sighting_id) references sighting (id)
);

-- what an admin decided of an article; rows are only ever added
create table article_ruling (
  id bigint not null,
  article_id bigint not null,
  -- joined, apart, held, released, discarded, corrected, retracted
  what text not null,
  -- the other article, of joined and apart
  other_id bigint,
  note text,
  at bigint not null,
  constraint article_ruling_pk primary key (id),
  constraint article_ruling_article foreign key (article_id) references article (id)
);

create index article_ruling_of_article on article_ruling (article_id);

-- how many new articles a source usually brings: visits after its first that brought any, their sum, and the most of late
alter table source add column news_visits bigint not null default 0;
alter table source add column news_sum bigint not null default 0;
alter table source add column news_usual double precision not null default 0;
