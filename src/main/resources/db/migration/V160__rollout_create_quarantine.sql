-- One row for each time the database was restored, by the name its operator gave it. While one is not released no tool
-- is told anything.
create table rollout_quarantine (
    quarantine_name  varchar(60)  not null,
    begun_at         datetime(6)  not null,
    released_at      datetime(6),
    released_by      varchar(64),
    released_because varchar(1000),
    constraint pk_rollout_quarantine primary key (quarantine_name)
);
