-- What may go wrong with a release (RISK), and what has (ISSUE).
create table release_risk (
    id             bigint       not null auto_increment,
    release_number varchar(20)  not null,
    version        bigint       not null,
    kind           varchar(10)  not null,
    title          varchar(200) not null,
    description    longtext,
    owner          varchar(64)  not null,
    -- What is done about it, once somebody has said so.
    response       varchar(10),
    response_text  varchar(2000),
    due_on         date,
    -- Since when an issue keeps the release from going, if it does.
    blocker_since  datetime(6),
    raised_by      varchar(64)  not null,
    raised_at      datetime(6)  not null,
    closed_by      varchar(64),
    closed_at      datetime(6),
    closing_note   varchar(2000),
    constraint pk_release_risk primary key (id),
    constraint fk_release_risk_release foreign key (release_number) references software_release (number)
);

create index ix_release_risk_release on release_risk (release_number, id);

-- Each time somebody judged it; of an issue, which has happened, there is no likelihood.
create table release_risk_assessment (
    risk_id     bigint        not null,
    position    integer       not null,
    likelihood  integer,
    consequence integer       not null,
    assessed_by varchar(64)   not null,
    assessed_at datetime(6)   not null,
    note        varchar(2000),
    constraint pk_release_risk_assessment primary key (risk_id, position),
    constraint fk_release_risk_assessment_risk foreign key (risk_id) references release_risk (id)
);
