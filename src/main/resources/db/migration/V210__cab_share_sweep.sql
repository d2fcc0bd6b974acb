-- Whose turn it is to look after all meetings. due_at is on the database's clock.
create table cab_sweep (
    id      integer     not null,
    due_at  datetime(6) not null,
    constraint pk_cab_sweep primary key (id)
);

insert into cab_sweep (id, due_at)
values (1, '2000-01-01 00:00:00');

-- The newest entry of the audit trail when its agenda was last built from the filter by the sweep.
alter table cab_meeting add agenda_as_of bigint;
