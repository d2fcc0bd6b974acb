-- One vote of a board about a change; a vote that comes to nothing is followed by another of the same round.
create table cab_ballot (
    id              bigint       not null auto_increment,
    change_number   varchar(32)  not null,
    round           integer      not null,
    ballot          integer      not null,
    board_key       varchar(64)  not null,
    minimum_votes   integer      not null,
    -- What was submitted and is voted about, as the digest of its scope.
    scope_sha256    char(64),
    opened_at       datetime(6)  not null,
    closes_at       datetime(6)  not null,
    outcome         varchar(32),
    reason          varchar(1000),
    decided_at      datetime(6),
    -- Every vote that was counted.
    votes_sha256    char(64),
    -- How it went on after a vote that came to nothing.
    settled_by      varchar(64),
    settled_because varchar(1000),
    settled_at      datetime(6),
    constraint pk_cab_ballot primary key (id),
    constraint uq_cab_ballot_change unique (change_number, round, ballot)
);

-- The seats of the board as they were when the vote began.
create table cab_ballot_seat (
    ballot_id  bigint      not null,
    seat       varchar(64) not null,
    veto       boolean     not null,
    required   boolean     not null,
    constraint pk_cab_ballot_seat primary key (ballot_id, seat),
    constraint fk_cab_ballot_seat_ballot foreign key (ballot_id) references cab_ballot (id)
);

-- The keys are the last word: a seat has one vote, and so has a person.
create table cab_vote (
    ballot_id     bigint        not null,
    seat          varchar(64)   not null,
    person        varchar(64)   not null,
    vote          varchar(20)   not null,
    reason        varchar(2000) not null,
    cast_at       datetime(6)   not null,
    scope_sha256  char(64),
    constraint pk_cab_vote primary key (ballot_id, seat),
    constraint uq_cab_vote_person unique (ballot_id, person),
    constraint fk_cab_vote_seat foreign key (ballot_id, seat) references cab_ballot_seat (ballot_id, seat)
);

-- What must be met before a change may start that was approved on conditions.
create table cab_condition (
    ballot_id  bigint        not null,
    position   integer       not null,
    seat       varchar(64)   not null,
    demanded   varchar(500)  not null,
    met_by     varchar(64),
    met_at     datetime(6),
    met_note   varchar(1000),
    constraint pk_cab_condition primary key (ballot_id, position),
    constraint fk_cab_condition_vote foreign key (ballot_id, seat) references cab_vote (ballot_id, seat)
);
