-- What a change has to do with another: the one depends on the other, supersedes it, or conflicts with it, which is
-- symmetrical and written once, from the older change. Nothing is taken away: what was removed holds no longer.
create table change_relation (
    id               bigint       not null auto_increment,
    kind             varchar(20)  not null,
    from_id          bigint       not null,
    to_id            bigint       not null,
    -- True as long as it holds, then absent, so that two changes have one of a kind that holds and any number that did.
    in_force         boolean,
    added_by         varchar(64)  not null,
    added_at         datetime(6)  not null,
    added_because    varchar(1000),
    removed_by       varchar(64),
    removed_at       datetime(6),
    removed_because  varchar(1000),
    constraint pk_change_relation primary key (id),
    constraint uq_change_relation_in_force unique (from_id, to_id, kind, in_force),
    constraint fk_change_relation_from foreign key (from_id) references change_request (id),
    constraint fk_change_relation_to foreign key (to_id) references change_request (id),
    constraint ck_change_relation_other check (from_id <> to_id),
    constraint ck_change_relation_symmetry check (kind <> 'CONFLICTS_WITH' or from_id < to_id)
);

create index ix_change_relation_to on change_relation (to_id, kind);

-- One row, locked by whoever adds a relation: whether it closes a circle depends on all the others.
create table change_relation_register (
    id int not null,
    constraint pk_change_relation_register primary key (id)
);

insert into change_relation_register (id) values (1);

-- Whether a change has or had relations; most have none, and then nobody asks for them.
alter table change_request add column related boolean default false not null;
