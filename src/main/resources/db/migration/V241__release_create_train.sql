-- Trains: series of releases that keep to one schedule. Days are those of a calendar on a wall, of no time zone.
create table release_train (
    train_key     varchar(64)  not null,
    version       bigint       not null,
    name          varchar(200) not null,
    -- After how many weeks the next one follows.
    cadence_weeks integer,
    starts_on     date         not null,
    releases_on   date         not null,
    constraint pk_release_train primary key (train_key)
);

-- What is in a schedule: freezes, cut-offs, candidates, and whatever else has its days.
create table release_train_milestone (
    train_key   varchar(64) not null,
    starts_on   date        not null,
    name        varchar(64) not null,
    ends_on     date        not null,
    kind        varchar(20) not null,
    -- Whom it is about: a service of the catalog, or somebody else by name; with neither, the whole train.
    service_key varchar(64),
    about       varchar(64),
    constraint pk_release_train_milestone primary key (train_key, starts_on, name),
    constraint fk_release_train_milestone_train foreign key (train_key) references release_train (train_key)
);
