-- What has been done about open tasks that are late; a row goes away after its task.
create table task_attention (
    task_id       varchar(64)  not null,
    reminded_at   datetime(6)  not null,
    escalated_at  datetime(6),
    escalated_to  varchar(500),
    constraint pk_task_attention primary key (task_id)
);
