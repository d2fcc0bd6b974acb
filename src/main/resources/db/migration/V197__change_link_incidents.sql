-- Incidents that a change caused, as somebody or a tool that watches has said. Never altered and never taken away.
create table change_incident (
    id        bigint       not null auto_increment,
    change_id bigint       not null,
    reference varchar(100) not null,
    url       varchar(1000),
    severity  varchar(20)  not null,
    opened_at datetime(6)  not null,
    linked_by varchar(64)  not null,
    linked_at datetime(6)  not null,
    constraint pk_change_incident primary key (id),
    constraint uk_change_incident_reference unique (change_id, reference),
    constraint fk_change_incident_change foreign key (change_id) references change_request (id)
);
