-- When no change may start in a scope. A missing service or environment means all of them.
create table freeze_period (
    id               bigint        not null auto_increment,
    version          bigint        not null,
    name             varchar(200)  not null,
    reason           varchar(1000) not null,
    starts_at        datetime(6)   not null,
    ends_at          datetime(6)   not null,
    service_key      varchar(64),
    environment_key  varchar(64),
    constraint pk_freeze_period primary key (id)
);

create index ix_freeze_period_ends_at on freeze_period (ends_at);
