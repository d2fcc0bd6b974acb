-- Who answers for a role about releases in the place of somebody who has it, and until when.
create table release_delegation (
    id           bigint      not null auto_increment,
    seat         varchar(64) not null,
    person       varchar(64) not null,
    delegate     varchar(64) not null,
    from_at      datetime(6) not null,
    until_at     datetime(6) not null,
    given_by     varchar(64) not null,
    given_at     datetime(6) not null,
    withdrawn_by varchar(64),
    withdrawn_at datetime(6),
    constraint pk_release_delegation primary key (id)
);

create index ix_release_delegation_until on release_delegation (until_at);

-- In whose place somebody voted or signed off; nobody is represented twice in one decision.
alter table go_no_go_vote add column in_place_of varchar(64);
alter table go_no_go_vote add constraint uk_go_no_go_vote_in_place_of unique (go_no_go_id, in_place_of);
alter table release_stage_run add column signed_off_in_place_of varchar(64);
