-- Overrides that somebody asked for, who let them happen, and what came of them. A row is never deleted.
create table break_glass (
    id              bigint        not null auto_increment,
    state           varchar(20)   not null,
    target          varchar(64)   not null,
    reason          varchar(1000) not null,
    incident        varchar(100)  not null,
    expires_at      datetime(6)   not null,
    asked_by        varchar(64)   not null,
    asked_at        datetime(6)   not null,
    decided_by      varchar(64),
    decided_at      datetime(6),
    decision_reason varchar(1000),
    ended_because   varchar(20),
    ended_at        datetime(6),
    outcome         varchar(20),
    to_mend         varchar(2000),
    reviewed_by     varchar(64),
    reviewed_at     datetime(6),
    version         bigint        not null,
    constraint pk_break_glass primary key (id)
);

-- What exactly it names; each kind at most once, and done at most once.
create table break_glass_action (
    break_glass_id bigint      not null,
    kind           varchar(40) not null,
    place          varchar(100),
    destination    varchar(100),
    variable_name  varchar(100),
    variable_value varchar(400),
    used_at        datetime(6),
    constraint pk_break_glass_action primary key (break_glass_id, kind),
    constraint fk_break_glass_action foreign key (break_glass_id) references break_glass (id)
);
