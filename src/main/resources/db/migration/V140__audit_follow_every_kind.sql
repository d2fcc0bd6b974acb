-- How far the round through the records of a kind has come: the name compared last, as the trail writes it.
create table audit_position (
    kind     varchar(30)  not null,
    position varchar(200) not null,
    constraint pk_audit_position primary key (kind)
);
