-- First answers to POST requests with an idempotency key; see docs/adr/0006.
create table idempotent_request (
  id varbinary(32) not null,
  fingerprint varbinary(32) not null,
  status int,
  content_type varchar(255),
  location varchar(2000),
  etag varchar(255),
  body longtext,
  created_at datetime(6) not null,
  constraint pk_idempotent_request primary key (id)
);

create index ix_idempotent_request_created_at on idempotent_request (created_at);
