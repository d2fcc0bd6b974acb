-- Boards that decide about changes: who sits on them, who stands in, when they meet and what they look at.
create table board (
    board_key         varchar(64)  not null,
    version           bigint       not null,
    name              varchar(200) not null,
    active            boolean      not null,
    -- How many votes count as a quorum; the seats that are required come on top.
    minimum_votes     integer      not null,
    -- An RRULE of RFC 5545 from the first meeting on, both by the clocks of the time zone; absent if it never meets.
    recurrence        varchar(200),
    first_meeting     varchar(16),
    time_zone         varchar(64),
    duration_minutes  integer,
    lead_hours        integer,
    minutes_per_item  integer      not null,
    constraint pk_board primary key (board_key)
);

create table board_member (
    board_key  varchar(64) not null,
    seat       varchar(64) not null,
    person     varchar(64) not null,
    chair      boolean     not null,
    veto       boolean     not null,
    required   boolean     not null,
    constraint pk_board_member primary key (board_key, seat),
    -- A person has one vote.
    constraint uq_board_member_person unique (board_key, person),
    constraint fk_board_member_board foreign key (board_key) references board (board_key)
);

-- Who votes on a seat while its member is absent, the lowest rank first.
create table board_delegate (
    board_key  varchar(64) not null,
    seat       varchar(64) not null,
    seat_rank  integer     not null,
    person     varchar(64) not null,
    from_at    datetime(6),
    until_at   datetime(6),
    constraint pk_board_delegate primary key (board_key, seat, seat_rank),
    constraint fk_board_delegate_board foreign key (board_key) references board (board_key)
);

create table board_absence (
    board_key  varchar(64) not null,
    person     varchar(64) not null,
    from_at    datetime(6) not null,
    until_at   datetime(6) not null,
    constraint pk_board_absence primary key (board_key, person, from_at),
    constraint fk_board_absence_board foreign key (board_key) references board (board_key)
);

-- Which changes come on its agenda: those that have one of the values of each kind that is named.
create table board_filter (
    board_key  varchar(64) not null,
    kind       varchar(20) not null,
    wanted     varchar(64) not null,
    constraint pk_board_filter primary key (board_key, kind, wanted),
    constraint fk_board_filter_board foreign key (board_key) references board (board_key)
);
