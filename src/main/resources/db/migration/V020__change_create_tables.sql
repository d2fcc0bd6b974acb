create table change_template (
    template_key         varchar(64)   not null,
    version              bigint        not null,
    title                varchar(200)  not null,
    active               boolean       not null,
    service_key          varchar(64)   not null,
    environment_key      varchar(64)   not null,
    implementation_plan  longtext,
    test_plan            longtext,
    backout_plan         longtext,
    communication_plan   longtext,
    constraint pk_change_template primary key (template_key)
);

create table change_request (
    id                   bigint        not null auto_increment,
    version              bigint        not null,
    type                 varchar(20)   not null,
    state                varchar(20)   not null,
    title                varchar(200)  not null,
    description          longtext,
    environment_key      varchar(64)   not null,
    template_key         varchar(64),
    requester            varchar(64)   not null,
    window_starts_at     datetime(6)   not null,
    window_ends_at       datetime(6)   not null,
    implementation_plan  longtext,
    test_plan            longtext,
    backout_plan         longtext,
    communication_plan   longtext,
    data_migration       boolean       not null,
    downtime             boolean       not null,
    backout_tested       boolean       not null,
    -- Approvals count only for the round in which they were given; a revision starts the next one.
    approval_round       integer       not null,
    risk                 varchar(20),
    risk_reasons         longtext,
    returned_because     varchar(1000),
    on_hold_because      varchar(1000),
    implementer          varchar(64),
    reviewer             varchar(64),
    close_code           varchar(30),
    rolled_back          boolean       not null,
    created_at           datetime(6)   not null,
    closed_at            datetime(6),
    constraint pk_change_request primary key (id),
    constraint fk_change_request_template foreign key (template_key) references change_template (template_key)
);

create index ix_change_request_state on change_request (state, id);
create index ix_change_request_requester on change_request (requester, id);
create index ix_change_request_window on change_request (window_starts_at);

create table change_service (
    change_id    bigint      not null,
    service_key  varchar(64) not null,
    -- What will run there afterwards, when the change brings a new version.
    new_version  varchar(100),
    new_digest   varchar(200),
    constraint pk_change_service primary key (change_id, service_key),
    constraint fk_change_service_change foreign key (change_id) references change_request (id)
);

create index ix_change_service_service on change_service (service_key, change_id);

create table change_link (
    change_id  bigint        not null,
    position   integer       not null,
    title      varchar(200)  not null,
    url        varchar(1000) not null,
    constraint pk_change_link primary key (change_id, position),
    constraint fk_change_link_change foreign key (change_id) references change_request (id)
);

-- One row per seat the policy asked for. The unique keys are the last word: a seat is filled once, a person fills one.
create table change_approval (
    id          bigint        not null auto_increment,
    change_id   bigint        not null,
    round       integer       not null,
    seat        varchar(64)   not null,
    decision    varchar(20)   not null,
    person      varchar(64),
    reason      varchar(2000),
    decided_at  datetime(6),
    constraint pk_change_approval primary key (id),
    constraint uq_change_approval_seat unique (change_id, round, seat),
    constraint uq_change_approval_person unique (change_id, round, person),
    constraint fk_change_approval_change foreign key (change_id) references change_request (id)
);

-- What each policy table was asked, what it answered and which of its rules said so.
create table policy_decision (
    id             bigint       not null auto_increment,
    change_id      bigint       not null,
    table_key      varchar(100) not null,
    table_version  integer      not null,
    inputs         longtext     not null,
    outputs        longtext     not null,
    rule_ids       longtext     not null,
    decided_at     datetime(6)  not null,
    constraint pk_policy_decision primary key (id),
    constraint fk_policy_decision_change foreign key (change_id) references change_request (id)
);

create index ix_policy_decision_change on policy_decision (change_id, id);
