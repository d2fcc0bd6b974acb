-- How releases of a kind are planned. A version stays as it is; that the template is retired is said of the newest.
create table release_template (
    -- As releases name it: its key, @ and the version.
    template        varchar(80)  not null,
    template_key    varchar(64)  not null,
    version         integer      not null,
    name            varchar(200) not null,
    description     longtext,
    stages          longtext,
    -- Who decides about going into production, in a line each; with a ! where it has a veto.
    seats           longtext     not null,
    written_by      varchar(64)  not null,
    written_at      datetime(6)  not null,
    retired_because varchar(1000),
    constraint pk_release_template primary key (template),
    constraint uk_release_template_version unique (template_key, version)
);
