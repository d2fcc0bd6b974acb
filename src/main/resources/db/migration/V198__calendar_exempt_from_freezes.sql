-- Which change one freeze does not keep from being made, until when, and the number of the break-glass that says so.
-- A freeze may be lifted before, so nothing refers to it.
create table freeze_exemption (
    id            bigint      not null auto_increment,
    freeze_id     bigint      not null,
    change_number varchar(64) not null,
    because       varchar(64) not null,
    granted_at    datetime(6) not null,
    until_at      datetime(6) not null,
    constraint pk_freeze_exemption primary key (id),
    constraint uk_freeze_exemption_because unique (because)
);

create index ix_freeze_exemption_change on freeze_exemption (change_number, freeze_id);
