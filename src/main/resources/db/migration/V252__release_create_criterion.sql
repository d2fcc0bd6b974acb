-- What a named person or role says of a release before it goes into production.
create table release_criterion (
    id             bigint       not null auto_increment,
    release_number varchar(20)  not null,
    title          varchar(200) not null,
    details        longtext,
    owner          varchar(64),
    owner_group    varchar(64),
    due_at         datetime(6)  not null,
    state          varchar(20)  not null,
    added_by       varchar(64)  not null,
    added_at       datetime(6)  not null,
    constraint pk_release_criterion primary key (id),
    constraint fk_release_criterion_release foreign key (release_number) references software_release (number)
);

create index ix_release_criterion_release on release_criterion (release_number, id);
create index ix_release_criterion_state on release_criterion (state, id);

-- Everything that was said of it; what Gatehouse says, because the release is over, is said by nobody.
create table release_criterion_answer (
    criterion_id bigint        not null,
    position     integer       not null,
    kind         varchar(20)   not null,
    person       varchar(64),
    said_at      datetime(6)   not null,
    note         varchar(2000) not null,
    constraint pk_release_criterion_answer primary key (criterion_id, position),
    constraint fk_release_criterion_answer_criterion foreign key (criterion_id) references release_criterion (id)
);
