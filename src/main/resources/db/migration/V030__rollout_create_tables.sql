-- What a change wants done, as its requester wrote it; fixed once the change has left NEW.
-- Planned for a change (its number) or for every standard change from a template (template-<key>).
create table rollout_plan (
    planned_for   varchar(80)  not null,
    version       bigint       not null,
    process       varchar(64)  not null,
    document      longtext     not null,
    updated_at    datetime(6)  not null,
    constraint pk_rollout_plan primary key (planned_for)
);

-- The row that every use case of a rollout locks first.
create table rollout (
    id               bigint        not null auto_increment,
    change_number    varchar(20)   not null,
    process          varchar(64)   not null,
    environment      varchar(64)   not null,
    state            varchar(30)   not null,
    steps            integer       not null,
    rollback_by      varchar(64),
    rollback_because varchar(1000),
    opened_at        datetime(6)   not null,
    ended_at         datetime(6),
    constraint pk_rollout primary key (id)
);

create index ix_rollout_change on rollout (change_number, id);
create index ix_rollout_state on rollout (state, id);

-- One live rollout per service and environment: whoever has the row has the target.
create table rollout_target (
    service     varchar(64) not null,
    environment varchar(64) not null,
    rollout_id  bigint      not null,
    constraint pk_rollout_target primary key (service, environment),
    constraint fk_rollout_target_rollout foreign key (rollout_id) references rollout (id)
);

create index ix_rollout_target_rollout on rollout_target (rollout_id);

-- What really began, in the order in which it began. The sequence number, and no clock, is the order of a rollback.
create table rollout_step (
    rollout_id      bigint        not null,
    seq             integer       not null,
    stage           varchar(30)   not null,
    name            varchar(200)  not null,
    activity        varchar(255)  not null,
    undo_activity   varchar(255),
    connector       varchar(64)   not null,
    target          varchar(200)  not null,
    parameters      longtext      not null,
    undo_connector  varchar(64),
    undo_parameters longtext      not null,
    cannot_be_undone varchar(500),
    state           varchar(20)   not null,
    detail          varchar(1000) not null,
    -- Whether the engine's undo task of this step has been completed.
    undo_settled    boolean       not null,
    started_at      datetime(6)   not null,
    ended_at        datetime(6),
    constraint pk_rollout_step primary key (rollout_id, seq),
    constraint fk_rollout_step_rollout foreign key (rollout_id) references rollout (id)
);

-- One row per attempt to make a tool do something. due_at is on the database's clock: when a new command may be sent,
-- when the lease of a command being sent runs out, when an accepted one is asked for again.
create table rollout_command (
    id              bigint        not null auto_increment,
    rollout_id      bigint        not null,
    seq             integer       not null,
    kind            varchar(10)   not null,
    attempt         integer       not null,
    idempotency_key varchar(80)   not null,
    connector       varchar(64)   not null,
    state           varchar(20)   not null,
    due_at          datetime(6)   not null,
    lease_owner     varchar(64),
    fence           bigint        not null,
    tries           integer       not null,
    -- Once true, a refusal no longer proves that the tool never did it.
    maybe_sent      boolean       not null,
    reference       varchar(200),
    give_up_at      datetime(6),
    constraint pk_rollout_command primary key (id),
    constraint uq_rollout_command_key unique (idempotency_key),
    constraint uq_rollout_command_attempt unique (rollout_id, seq, kind, attempt),
    constraint fk_rollout_command_step foreign key (rollout_id, seq) references rollout_step (rollout_id, seq)
);

create index ix_rollout_command_due on rollout_command (state, due_at);

create table rollout_log (
    id          bigint      not null auto_increment,
    command_id  bigint      not null,
    logged_at   datetime(6) not null,
    output      longtext    not null,
    constraint pk_rollout_log primary key (id),
    constraint fk_rollout_log_command foreign key (command_id) references rollout_command (id)
);

create index ix_rollout_log_command on rollout_log (command_id, id);

create table callback_inbox (
    id          bigint        not null auto_increment,
    source      varchar(64)   not null,
    delivery_id varchar(200)  not null,
    body_sha256 char(64)      not null,
    body        longtext      not null,
    state       varchar(20)   not null,
    note        varchar(500)  not null,
    tries       integer       not null,
    received_at datetime(6)   not null,
    due_at      datetime(6)   not null,
    constraint pk_callback_inbox primary key (id),
    constraint uq_callback_inbox_delivery unique (source, delivery_id)
);

create index ix_callback_inbox_due on callback_inbox (state, due_at);
