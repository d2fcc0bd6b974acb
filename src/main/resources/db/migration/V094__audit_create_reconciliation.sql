-- Up to which entry of the trail, and up to which change in the round through all of them, the tables were compared with
-- the trail. due_at is on the database's clock; the node that moves it does the next comparison.
create table audit_reconciliation (
    id          integer     not null,
    entry       bigint      not null,
    change_id   bigint      not null,
    due_at      datetime(6) not null,
    constraint pk_audit_reconciliation primary key (id)
);

insert into audit_reconciliation (id, entry, change_id, due_at)
values (1, 0, 0, '2000-01-01 00:00:00');

-- Rows that are not as the trail says; gone_at once they are again.
create table audit_difference (
    id       bigint        not null auto_increment,
    object   varchar(100)  not null,
    kind     varchar(30)   not null,
    sentence varchar(1000) not null,
    found_at datetime(6)   not null,
    gone_at  datetime(6),
    constraint pk_audit_difference primary key (id)
);

create index ix_audit_difference_object on audit_difference (object, gone_at);
create index ix_audit_difference_gone on audit_difference (gone_at, id);
