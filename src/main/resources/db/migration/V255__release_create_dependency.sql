-- That a release does not enter a stage before another one is through a stage of its own. Nothing is deleted: what was
-- taken back holds no longer.
create table release_dependency (
    id              bigint      not null auto_increment,
    release_number  varchar(20) not null,
    stage           varchar(64) not null,
    needed_number   varchar(20) not null,
    needed_stage    varchar(64) not null,
    -- True as long as it holds, then absent, so that there is one of a kind that holds and any number that did.
    in_force        boolean,
    added_by        varchar(64) not null,
    added_at        datetime(6) not null,
    added_because   varchar(1000),
    removed_by      varchar(64),
    removed_at      datetime(6),
    removed_because varchar(1000),
    constraint pk_release_dependency primary key (id),
    constraint uk_release_dependency_in_force unique (release_number, stage, needed_number, needed_stage, in_force),
    constraint fk_release_dependency_release foreign key (release_number) references software_release (number),
    constraint fk_release_dependency_needed foreign key (needed_number) references software_release (number)
);

create index ix_release_dependency_needed on release_dependency (needed_number, in_force);

-- One row, locked by whoever adds a dependency: whether it closes a circle depends on all the others.
create table release_dependency_register (
    id int not null,
    constraint pk_release_dependency_register primary key (id)
);

insert into release_dependency_register (id) values (1);
