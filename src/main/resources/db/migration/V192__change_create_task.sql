-- What has to be done for a change besides the change itself, and by whom.
create table change_task (
    id                  bigint        not null auto_increment,
    change_id           bigint        not null,
    version             bigint        not null,
    state               varchar(20)   not null,
    phase               varchar(20)   not null,
    title               varchar(200)  not null,
    instructions        longtext,
    -- Who does it: a person by name, or whoever of a group is first.
    owner               varchar(64),
    owner_group         varchar(64),
    planned_start       datetime(6),
    planned_end         datetime(6),
    started_at          datetime(6),
    ended_at            datetime(6),
    -- Who did it, or gave it up, and what they said.
    ended_by            varchar(64),
    note                varchar(2000),
    -- The condition of a board it was opened for: its place in the approvals of that round.
    condition_round     integer,
    condition_position  integer,
    created_by          varchar(64)   not null,
    created_at          datetime(6)   not null,
    constraint pk_change_task primary key (id),
    constraint uq_change_task_condition unique (change_id, condition_round, condition_position),
    constraint fk_change_task_change foreign key (change_id) references change_request (id)
);

create index ix_change_task_change on change_task (change_id, id);
create index ix_change_task_state on change_task (state, id);
create index ix_change_task_owner on change_task (owner, id);
create index ix_change_task_group on change_task (owner_group, id);

-- Whether anything stands there about a change, so that one without tasks never looks.
alter table change_request add column has_tasks boolean default false not null;
