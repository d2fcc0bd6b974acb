-- What the items of a package are made of, each time the whole list.
create table release_ticket_list (
    release_number varchar(20) not null,
    version        bigint      not null,
    written_by     varchar(64) not null,
    written_at     datetime(6) not null,
    constraint pk_release_ticket_list primary key (release_number),
    constraint fk_release_ticket_list_release foreign key (release_number) references software_release (number)
);

-- A ticket or a commit, in the order in which they were listed.
create table release_item_ticket (
    release_number varchar(20)  not null,
    position       integer      not null,
    service_key    varchar(64)  not null,
    kind           varchar(20)  not null,
    ticket_key     varchar(100) not null,
    title          varchar(300) not null,
    url            varchar(1000),
    constraint pk_release_item_ticket primary key (release_number, position),
    constraint uk_release_item_ticket_key unique (release_number, service_key, kind, ticket_key),
    constraint fk_release_item_ticket_list foreign key (release_number) references release_ticket_list (release_number)
);
