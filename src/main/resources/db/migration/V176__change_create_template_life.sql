-- The versions of a template of standard changes: what somebody proposes, who let it in, and what became of it. What is in
-- force is copied to change_template, which nothing else is told to write; a template from before this has no version
-- until the next start.
create table template_version (
    id                   bigint        not null auto_increment,
    template_key         varchar(64)   not null,
    -- Counts the versions of one template from 1.
    ordinal              integer       not null,
    state                varchar(20)   not null,
    title                varchar(200)  not null,
    service_key          varchar(64)   not null,
    environment_key      varchar(64)   not null,
    implementation_plan  longtext,
    test_plan            longtext,
    backout_plan         longtext,
    communication_plan   longtext,
    -- What a requester may fill in, separated by commas.
    open_fields          varchar(100)  not null,
    -- Suspended after so many failures in so many uses.
    failures             integer       not null,
    uses                 integer       not null,
    -- The rollout plan, as it was submitted.
    plan_sha256          varchar(64),
    -- Only changes that were closed since count as uses; absent while it has never been in force.
    counts_since         datetime(6),
    submitted_by         varchar(64),
    submitted_at         datetime(6),
    decided_by           varchar(64),
    decided_at           datetime(6),
    decision_reason      varchar(2000),
    ended_because        varchar(2000),
    version              bigint        not null,
    constraint pk_template_version primary key (id),
    constraint uq_template_version_ordinal unique (template_key, ordinal)
);

create index ix_template_version_state on template_version (state);

-- Whoever wrote something of a version, its rollout plan included, or wants it reinstated; they do not review it.
create table template_author (
    version_id  bigint       not null,
    person      varchar(64)  not null,
    constraint pk_template_author primary key (version_id, person),
    constraint fk_template_author_version foreign key (version_id) references template_version (id)
);

-- The version a standard change was raised from, which it keeps.
create table template_use (
    id          bigint  not null,
    version_id  bigint  not null,
    constraint pk_template_use primary key (id),
    constraint fk_template_use_change foreign key (id) references change_request (id)
);

-- Finds the latest uses of a template.
create index ix_change_request_template on change_request (template_key, closed_at);
