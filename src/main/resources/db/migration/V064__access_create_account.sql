-- Which account of the identity provider a name belongs to, for ever: records count people by their names.
create table access_account (
    name varchar(64) not null,
    subject varchar(255) not null,
    bound_at datetime(6) not null,
    constraint pk_access_account primary key (name),
    constraint uq_access_account_subject unique (subject)
);
