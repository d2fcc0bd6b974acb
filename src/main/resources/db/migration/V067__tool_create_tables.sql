create table tool (
    tool_key     varchar(50)   not null,
    version      bigint        not null,
    description  varchar(1000) not null,
    responsible  varchar(64)   not null,
    enabled      boolean       not null,
    created_by   varchar(64)   not null,
    created_at   datetime(6)   not null,
    constraint pk_tool primary key (tool_key)
);

-- What it may do (ACTION), to which services (SERVICE), and where (ENVIRONMENT; no row: everywhere).
create table tool_grant (
    tool_key  varchar(50) not null,
    kind      varchar(20) not null,
    granted   varchar(64) not null,
    constraint pk_tool_grant primary key (tool_key, kind, granted),
    constraint fk_tool_grant_tool foreign key (tool_key) references tool (tool_key)
);

-- A token is found by its public id and proved by the hash of the whole; see docs/adr/0011.
create table tool_token (
    token_id      varchar(12)   not null,
    tool_key      varchar(50)   not null,
    token_hash    varbinary(32) not null,
    created_by    varchar(64)   not null,
    created_at    datetime(6)   not null,
    expires_at    datetime(6)   not null,
    last_used_at  datetime(6),
    revoked_at    datetime(6),
    constraint pk_tool_token primary key (token_id),
    constraint fk_tool_token_tool foreign key (tool_key) references tool (tool_key)
);

create index ix_tool_token_tool on tool_token (tool_key, created_at);
create index ix_tool_responsible on tool (responsible);
