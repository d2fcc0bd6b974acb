-- What a person does for a step, or to undo it, instead of a tool: instructions and a checklist.
alter table rollout_step add manual longtext;
alter table rollout_step add undo_manual longtext;

-- What people said about it, one row for each attempt; the items of the checklist by their place in it, as 1,3.
create table rollout_report (
    command_id  bigint        not null,
    result      varchar(20)   not null,
    ticked      varchar(100)  not null,
    note        varchar(1000) not null,
    reported_by varchar(64)   not null,
    reported_at datetime(6)   not null,
    constraint pk_rollout_report primary key (command_id),
    constraint fk_rollout_report_command foreign key (command_id) references rollout_command (id)
);
