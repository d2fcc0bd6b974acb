create table audit_entry (
    n             bigint       not null,
    recorded_at   datetime(6)  not null,
    actor         varchar(64)  not null,
    action        varchar(100) not null,
    object        varchar(100) not null,
    payload       longtext     not null,
    previous_hash char(64)     not null,
    hash          char(64)     not null,
    constraint pk_audit_entry primary key (n)
);

create index ix_audit_entry_object on audit_entry (object, n);

-- One row, locked by every writer: it gives entries their order, which no clock could.
create table audit_head (
    id   integer  not null,
    n    bigint   not null,
    hash char(64) not null,
    constraint pk_audit_head primary key (id)
);

insert into audit_head (id, n, hash)
values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
