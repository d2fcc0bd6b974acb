-- What the engine's identity tables cannot say about a person. A person without a row was never changed and may come in.
create table access_person (
    person varchar(64) not null,
    version bigint not null,
    disabled boolean not null,
    constraint pk_access_person primary key (person)
);
