-- Who said for which role that a release leaves its stage or does not, and in whose place a delegate did. Each time its tests are done once more is a round.
create table release_stage_sign_off (
    id             bigint      not null auto_increment,
    run_id         bigint      not null,
    sign_off_round integer     not null,
    seat           varchar(64) not null,
    person         varchar(64) not null,
    in_place_of    varchar(64),
    said           varchar(20) not null,
    note           varchar(1000),
    signed_at      datetime(6) not null,
    constraint pk_release_stage_sign_off primary key (id),
    constraint uk_release_stage_sign_off_seat unique (run_id, sign_off_round, seat),
    constraint uk_release_stage_sign_off_person unique (run_id, sign_off_round, person),
    constraint uk_release_stage_sign_off_in_place_of unique (run_id, sign_off_round, in_place_of),
    constraint fk_release_stage_sign_off_run foreign key (run_id) references release_stage_run (id)
);
