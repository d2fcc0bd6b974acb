-- How somebody is told of something about a release: a text with places that are filled when it is told.
create table communication_template (
    template_key varchar(64)  not null,
    version      bigint       not null,
    subject      varchar(200) not null,
    text         longtext     not null,
    constraint pk_communication_template primary key (template_key)
);

-- Who hears what of a release, at which moment.
create table release_communication_plan (
    release_number varchar(20) not null,
    version        bigint      not null,
    written_by     varchar(64) not null,
    written_at     datetime(6) not null,
    constraint pk_release_communication_plan primary key (release_number),
    constraint fk_release_communication_plan_release foreign key (release_number) references software_release (number)
);

create table release_communication_entry (
    release_number varchar(20) not null,
    position       integer     not null,
    moment         varchar(30) not null,
    -- Which stage it has passed, where that is the moment.
    stage          varchar(64),
    template_key   varchar(64) not null,
    constraint pk_release_communication_entry primary key (release_number, position),
    constraint fk_release_communication_entry_plan
        foreign key (release_number) references release_communication_plan (release_number),
    constraint fk_release_communication_entry_template
        foreign key (template_key) references communication_template (template_key)
);

-- Roles, teams and addresses.
create table release_communication_audience (
    release_number varchar(20)  not null,
    position       integer      not null,
    kind           varchar(10)  not null,
    name           varchar(254) not null,
    constraint pk_release_communication_audience primary key (release_number, position, kind, name),
    constraint fk_release_communication_audience_entry
        foreign key (release_number, position) references release_communication_entry (release_number, position)
);

-- What was told, as it was told; to whom, and what became of that, is in the outbox of mails.
create table release_announcement (
    id               bigint       not null auto_increment,
    release_number   varchar(20)  not null,
    moment           varchar(30)  not null,
    stage            varchar(64),
    template_key     varchar(64)  not null,
    template_version bigint       not null,
    subject          varchar(200) not null,
    text             longtext     not null,
    sha256           char(64)     not null,
    -- Whether there was a mail server.
    mailed           boolean      not null,
    made_at          datetime(6)  not null,
    constraint pk_release_announcement primary key (id),
    constraint fk_release_announcement_release foreign key (release_number) references software_release (number)
);

create index ix_release_announcement_release on release_announcement (release_number, id);
