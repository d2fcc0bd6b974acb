-- Who has a say in whether a release goes into production.
create table software_release_seat (
    release_number varchar(20) not null,
    seat           varchar(64) not null,
    veto           boolean     not null,
    constraint pk_software_release_seat primary key (release_number, seat),
    constraint fk_software_release_seat_release foreign key (release_number) references software_release (number)
);

-- Each time that was asked, with the readiness that the seats saw.
create table go_no_go (
    id               bigint      not null auto_increment,
    release_number   varchar(20) not null,
    decision_round   integer     not null,
    opened_at        datetime(6) not null,
    closes_at        datetime(6) not null,
    readiness        longtext    not null,
    readiness_sha256 char(64)    not null,
    outcome          varchar(20),
    reason           varchar(1000),
    decided_at       datetime(6),
    minutes          longtext,
    minutes_sha256   char(64),
    constraint pk_go_no_go primary key (id),
    constraint uk_go_no_go_round unique (release_number, decision_round),
    constraint fk_go_no_go_release foreign key (release_number) references software_release (number)
);

create table go_no_go_seat (
    go_no_go_id bigint      not null,
    seat        varchar(64) not null,
    veto        boolean     not null,
    constraint pk_go_no_go_seat primary key (go_no_go_id, seat),
    constraint fk_go_no_go_seat_decision foreign key (go_no_go_id) references go_no_go (id)
);

-- A seat votes once, and so does a person.
create table go_no_go_vote (
    go_no_go_id bigint        not null,
    seat        varchar(64)   not null,
    person      varchar(64)   not null,
    vote        varchar(20)   not null,
    reason      varchar(2000) not null,
    cast_at     datetime(6)   not null,
    constraint pk_go_no_go_vote primary key (go_no_go_id, seat),
    constraint uk_go_no_go_vote_person unique (go_no_go_id, person),
    constraint fk_go_no_go_vote_decision foreign key (go_no_go_id) references go_no_go (id)
);

-- What a seat demands before the release goes into production, and who sees to it until when.
create table go_condition (
    id          bigint       not null auto_increment,
    go_no_go_id bigint       not null,
    position    integer      not null,
    seat        varchar(64)  not null,
    demanded    varchar(500) not null,
    owner       varchar(64),
    owner_group varchar(64),
    due_at      datetime(6)  not null,
    state       varchar(20)  not null,
    ended_by    varchar(64),
    ended_at    datetime(6),
    note        varchar(2000),
    constraint pk_go_condition primary key (id),
    constraint uk_go_condition_position unique (go_no_go_id, position),
    constraint fk_go_condition_decision foreign key (go_no_go_id) references go_no_go (id)
);

create index ix_go_condition_state on go_condition (state, id);
