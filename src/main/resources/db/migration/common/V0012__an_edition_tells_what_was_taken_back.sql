-- What an edition tells its readers was taken back since an earlier edition of its newsletter mailed it. Written while it is composed and never changed,
-- so that every mail of an edition says the same, also after composing was started over.
create table edition_retraction (
  edition_id bigint not null,
  article_id bigint not null,
  -- the slot of the first edition that mailed it to these readers
  mailed_at bigint not null,
  constraint edition_retraction_pk primary key (edition_id, article_id),
  constraint edition_retraction_edition foreign key (edition_id) references edition (id),
  constraint edition_retraction_article foreign key (article_id) references article (id)
);

-- composing asks which editions told of an article already
create index edition_retraction_of_article on edition_retraction (article_id);
