-- Models that somebody wants deployed, and who let them run. A row is never deleted.
create table model_proposal (
    id            bigint        not null auto_increment,
    file          varchar(80)   not null,
    content       longtext      not null,
    sha256        char(64)      not null,
    why           varchar(1000) not null,
    state         varchar(20)   not null,
    proposed_by   varchar(64)   not null,
    proposed_at   datetime(6)   not null,
    decided_by    varchar(64),
    decided_at    datetime(6),
    reason        varchar(1000),
    -- The version the engine gave it.
    model_version integer,
    constraint pk_model_proposal primary key (id)
);
