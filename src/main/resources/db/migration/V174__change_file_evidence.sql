-- What proves something about a change, in the order in which it was filed; nothing is taken away. It is about what the
-- change brought at that moment: a digest over its services and their versions.
create table change_evidence (
    id             bigint        not null auto_increment,
    change_id      bigint        not null,
    kind           varchar(40)   not null,
    url            varchar(1000) not null,
    digest         varchar(200),
    result         varchar(20)   not null,
    brings_sha256  char(64)      not null,
    provided_by    varchar(64)   not null,
    provided_at    datetime(6)   not null,
    constraint pk_change_evidence primary key (id),
    constraint fk_change_evidence_change foreign key (change_id) references change_request (id)
);

create index ix_change_evidence_change on change_evidence (change_id, id);
