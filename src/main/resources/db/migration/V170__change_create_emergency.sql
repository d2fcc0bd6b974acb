-- What the policy says about authorising an emergency change, round by round, and what became of it.
create table change_emergency (
    id                    bigint       not null auto_increment,
    change_id             bigint       not null,
    round                 integer      not null,
    approvals_needed      integer      not null,
    -- How long the seats have, as an ISO 8601 duration; who is asked as well when it is over.
    time_box              varchar(40)  not null,
    more_seats            varchar(400),
    -- How long after its start it may still be approved; absent if it must be approved before.
    approve_within        varchar(40),
    time_box_ends_at      datetime(6)  not null,
    -- While the change is on hold its time box stands still, since then.
    stopped_at            datetime(6),
    -- Until when it must be approved; only for one that was started before it was.
    approve_by            datetime(6),
    unauthorised_because  varchar(20),
    unauthorised_at       datetime(6),
    -- The board that has had it on its agenda.
    reported_to           varchar(64),
    reported_at           datetime(6),
    constraint pk_change_emergency primary key (id),
    constraint uq_change_emergency_round unique (change_id, round),
    constraint fk_change_emergency_change foreign key (change_id) references change_request (id)
);

create index ix_change_emergency_reported on change_emergency (reported_at, change_id);
