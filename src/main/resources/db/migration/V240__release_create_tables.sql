-- Releases: what is put into production together, by whom, and through which change.
create table software_release (
    id                  bigint        not null auto_increment,
    -- What follows REL- in its number: the year, and which of that year it is.
    number              varchar(20)   not null,
    version             bigint        not null,
    state               varchar(20)   not null,
    name                varchar(200)  not null,
    description         longtext,
    manager             varchar(64)   not null,
    -- From which day it could be deployed, which is not when it is.
    ready_on            date          not null,
    environment_key     varchar(64)   not null,
    window_starts_at    datetime(6)   not null,
    window_ends_at      datetime(6)   not null,
    implementation_plan longtext,
    test_plan           longtext,
    backout_plan        longtext,
    communication_plan  longtext,
    data_migration      boolean       not null,
    downtime            boolean       not null,
    backout_tested      boolean       not null,
    if_not_done         longtext,
    -- Who said that the package is complete, and the change that carries it since.
    confirmed_by        varchar(64),
    confirmed_at        datetime(6),
    change_number       varchar(64),
    -- Why the last change did not put it into production, or why nobody wants it any more.
    returned_because    varchar(1000),
    retired_because     varchar(1000),
    planned_by          varchar(64)   not null,
    planned_at          datetime(6)   not null,
    ended_at            datetime(6),
    constraint pk_software_release primary key (id),
    constraint uk_software_release_number unique (number),
    constraint uk_software_release_change unique (change_number)
);

create index ix_software_release_state on software_release (state, id);
create index ix_software_release_manager on software_release (manager, id);

-- Its package: the version that each of its services gets.
create table software_release_item (
    release_number varchar(20)  not null,
    service_key    varchar(64)  not null,
    new_version    varchar(100) not null,
    new_digest     varchar(200),
    constraint pk_software_release_item primary key (release_number, service_key),
    constraint fk_software_release_item_release foreign key (release_number) references software_release (number)
);

create index ix_software_release_item_service on software_release_item (service_key, release_number);

-- Who wrote something of it, and so cannot approve the change that carries it.
create table software_release_author (
    release_number varchar(20) not null,
    person         varchar(64) not null,
    constraint pk_software_release_author primary key (release_number, person),
    constraint fk_software_release_author_release foreign key (release_number) references software_release (number)
);

-- The last number that was given in a year.
create table software_release_number (
    given_in  integer not null,
    last      bigint  not null,
    constraint pk_software_release_number primary key (given_in)
);
