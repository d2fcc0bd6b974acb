-- What comes before production, in order, and the version of the template that it was taken from.
alter table software_release add column template varchar(80);
alter table software_release add column stages longtext;

-- Each time that a release went through a stage.
create table release_stage_run (
    id               bigint       not null auto_increment,
    release_number   varchar(20)  not null,
    stage            varchar(64)  not null,
    -- What went through it: the package, and what the stage asked for.
    tested_sha256    char(64)     not null,
    opened_at        datetime(6)  not null,
    -- Why it has not entered the stage yet.
    waits_for        varchar(1000),
    entered_at       datetime(6),
    -- The environment it has to itself; nobody else gets it meanwhile.
    held_environment varchar(64),
    change_number    varchar(64),
    deployed_at      datetime(6),
    outcome          varchar(20),
    reason           varchar(1000),
    signed_off_by    varchar(64),
    ended_at         datetime(6),
    constraint pk_release_stage_run primary key (id),
    constraint uk_release_stage_run_environment unique (held_environment),
    constraint uk_release_stage_run_change unique (change_number),
    constraint fk_release_stage_run_release foreign key (release_number) references software_release (number)
);

create index ix_release_stage_run_release on release_stage_run (release_number, id);
create index ix_release_stage_run_open on release_stage_run (ended_at, id);

-- What is tested in it, and what came of that. A test that is done again is another row.
create table release_test (
    id               bigint       not null auto_increment,
    run_id           bigint       not null,
    name             varchar(100) not null,
    asked_group      varchar(64)  not null,
    required_percent integer      not null,
    asked_at         datetime(6)  not null,
    passed           integer,
    failed           integer,
    skipped          integer,
    link             varchar(1000),
    report_sha256    char(64),
    note             varchar(2000),
    recorded_by      varchar(64),
    recorded_at      datetime(6),
    constraint pk_release_test primary key (id),
    constraint fk_release_test_run foreign key (run_id) references release_stage_run (id)
);

create index ix_release_test_run on release_test (run_id, id);

-- Whoever enters a stage, or makes room in one, locks this row: nobody waits for what has just gone.
create table release_stage_entrance (
    id integer not null,
    constraint pk_release_stage_entrance primary key (id)
);

insert into release_stage_entrance (id) values (1);
