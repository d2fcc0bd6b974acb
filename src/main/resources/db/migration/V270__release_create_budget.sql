-- What a release may cost, and what was spent on it. Money is kept in the smallest units of its currency.
create table release_budget (
    release_number varchar(20)   not null,
    version        bigint        not null,
    planned_hours  decimal(9, 2) not null,
    planned_money  bigint        not null,
    currency       char(3)       not null,
    constraint pk_release_budget primary key (release_number),
    constraint fk_release_budget_release foreign key (release_number) references software_release (number)
);

-- A booking is never altered; one that was wrong is reversed by another, once.
create table release_booking (
    id             bigint        not null auto_increment,
    release_number varchar(20)   not null,
    spent_on       date          not null,
    hours          decimal(9, 2) not null,
    money          bigint        not null,
    what           varchar(500)  not null,
    booked_by      varchar(64)   not null,
    booked_at      datetime(6)   not null,
    reverses       bigint,
    constraint pk_release_booking primary key (id),
    constraint uk_release_booking_reverses unique (reverses),
    constraint fk_release_booking_budget foreign key (release_number) references release_budget (release_number),
    constraint fk_release_booking_reverses foreign key (reverses) references release_booking (id)
);

create index ix_release_booking_release on release_booking (release_number, id);
