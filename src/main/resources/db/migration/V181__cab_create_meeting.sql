-- Meetings of boards. A row is never deleted; a canceled one keeps its start, so that it is not planned again.
create table cab_meeting (
    id                bigint       not null auto_increment,
    board_key         varchar(64)  not null,
    starts_at         datetime(6)  not null,
    ends_at           datetime(6)  not null,
    state             varchar(20)  not null,
    announced_at      datetime(6),
    opened_by         varchar(64),
    opened_at         datetime(6),
    closed_by         varchar(64),
    closed_at         datetime(6),
    remarks           longtext,
    canceled_by       varchar(64),
    canceled_because  varchar(1000),
    -- One JSON document, written once, and the SHA-256 of its bytes in UTF-8.
    minutes           longtext,
    minutes_sha256    varchar(64),
    version           bigint       not null,
    constraint pk_cab_meeting primary key (id),
    -- Two nodes that plan the same meeting plan one.
    constraint uq_cab_meeting_start unique (board_key, starts_at),
    constraint fk_cab_meeting_board foreign key (board_key) references board (board_key)
);

create index ix_cab_meeting_state on cab_meeting (state, starts_at);

create table cab_item (
    meeting_id        bigint        not null,
    change_number     varchar(32)   not null,
    kind              varchar(20)   not null,
    origin            varchar(20)   not null,
    -- Where people put it; the others follow in the order of date and risk.
    place             integer,
    minutes           integer       not null,
    state             varchar(20)   not null,
    added_by          varchar(64),
    because           varchar(1000),
    change_starts_at  datetime(6),
    change_risk       varchar(20),
    outcome           varchar(40),
    constraint pk_cab_item primary key (meeting_id, change_number),
    constraint fk_cab_item_meeting foreign key (meeting_id) references cab_meeting (id)
);

create table cab_attendance (
    meeting_id  bigint      not null,
    person      varchar(64) not null,
    seat        varchar(64) not null,
    noted_by    varchar(64) not null,
    noted_at    datetime(6) not null,
    constraint pk_cab_attendance primary key (meeting_id, person),
    constraint fk_cab_attendance_meeting foreign key (meeting_id) references cab_meeting (id)
);
