-- That a release was put off: the days it had and those it got, so that it can be told how often and why.
create table release_postponement (
    id               bigint        not null auto_increment,
    release_number   varchar(20)   not null,
    old_starts_at    datetime(6)   not null,
    old_ends_at      datetime(6)   not null,
    old_ready_on     date          not null,
    new_starts_at    datetime(6)   not null,
    new_ends_at      datetime(6)   not null,
    new_ready_on     date          not null,
    reason           varchar(1000) not null,
    postponed_by     varchar(64)   not null,
    postponed_at     datetime(6)   not null,
    constraint pk_release_postponement primary key (id),
    constraint fk_release_postponement_release foreign key (release_number) references software_release (number)
);
