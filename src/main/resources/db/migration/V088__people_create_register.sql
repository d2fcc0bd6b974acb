-- One row, locked by whoever adds or changes people: so one of two first administrators comes too late, and the last
-- administrator cannot be taken away by two who do not know of each other.
create table people_register (
    id int not null,
    constraint pk_people_register primary key (id)
);

insert into people_register (id) values (1);

-- Links that let somebody choose a password once. Found and proved by the SHA-256 of their secret, which is kept nowhere.
create table people_link (
    link_hash   varbinary(32) not null,
    purpose     varchar(20)   not null,
    person      varchar(64),
    created_by  varchar(64)   not null,
    created_at  datetime(6)   not null,
    expires_at  datetime(6)   not null,
    used_at     datetime(6),
    refused_at  datetime(6),
    constraint pk_people_link primary key (link_hash)
);

create index ix_people_link_person on people_link (person);
