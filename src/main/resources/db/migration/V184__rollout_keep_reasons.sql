-- Why people paused, resumed, aborted, kept or stopped something, in their words: here, where it can be erased. The audit
-- trail has the digest of each.
create table rollout_reason (
    id         bigint        not null auto_increment,
    rollout_id bigint        not null,
    said_with  varchar(40)   not null,
    reason     varchar(1000) not null,
    said_at    datetime(6)   not null,
    constraint pk_rollout_reason primary key (id),
    constraint fk_rollout_reason_rollout foreign key (rollout_id) references rollout (id)
);
