-- What somebody wants in a package whose scope is fixed, and who let it in.
create table release_scope_change (
    id             bigint        not null auto_increment,
    release_number varchar(20)   not null,
    -- The whole package as it would be, as a document.
    items          longtext      not null,
    reason         varchar(2000) not null,
    requested_by   varchar(64)   not null,
    requested_at   datetime(6)   not null,
    state          varchar(20)   not null,
    ended_because  varchar(2000),
    ended_at       datetime(6),
    -- The release, while it is open: there is one at a time.
    open_release   varchar(20),
    constraint pk_release_scope_change primary key (id),
    constraint uk_release_scope_change_open unique (open_release),
    constraint fk_release_scope_change_release foreign key (release_number) references software_release (number)
);

create index ix_release_scope_change_release on release_scope_change (release_number, id);

-- A seat decides once, and so does a person.
create table release_scope_decision (
    scope_change_id bigint        not null,
    seat            varchar(64)   not null,
    person          varchar(64)   not null,
    approved        boolean       not null,
    reason          varchar(2000) not null,
    decided_at      datetime(6)   not null,
    constraint pk_release_scope_decision primary key (scope_change_id, seat),
    constraint uk_release_scope_decision_person unique (scope_change_id, person),
    constraint fk_release_scope_decision_change foreign key (scope_change_id) references release_scope_change (id)
);
