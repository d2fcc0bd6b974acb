-- How ready each release was found to be, a row each time that had changed.
create table release_readiness (
    id             bigint      not null auto_increment,
    release_number varchar(20) not null,
    noted_at       datetime(6) not null,
    score          integer     not null,
    constraint pk_release_readiness primary key (id),
    constraint fk_release_readiness_release foreign key (release_number) references software_release (number)
);

create index ix_release_readiness_release on release_readiness (release_number, id);

-- What was missing then, whose it was and since when it was missing.
create table release_readiness_missing (
    readiness_id  bigint       not null,
    position      integer      not null,
    criterion     varchar(100) not null,
    about         varchar(64),
    owner         varchar(200),
    missing_since datetime(6)  not null,
    constraint pk_release_readiness_missing primary key (readiness_id, position),
    constraint fk_release_readiness_missing_note foreign key (readiness_id) references release_readiness (id)
);
