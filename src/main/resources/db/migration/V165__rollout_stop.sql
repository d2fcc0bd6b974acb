-- What people have asked a tool to stop doing, once for each command. Whether it has stopped is told by the command.
-- due_at is on the database's clock, as that of a command is.
create table rollout_stop (
    command_id   bigint        not null,
    state        varchar(20)   not null,
    requested_by varchar(64)   not null,
    because      varchar(1000) not null,
    detail       varchar(1000) not null,
    requested_at datetime(6)   not null,
    due_at       datetime(6)   not null,
    fence        bigint        not null,
    tries        integer       not null,
    constraint pk_rollout_stop primary key (command_id),
    constraint fk_rollout_stop_command foreign key (command_id) references rollout_command (id)
);

create index ix_rollout_stop_due on rollout_stop (state, due_at);
