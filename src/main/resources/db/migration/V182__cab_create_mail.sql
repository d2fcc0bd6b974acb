-- What is to be mailed to whom; written with what it tells, sent afterwards.
create table cab_mail (
    id          bigint      not null auto_increment,
    meeting_id  bigint      not null,
    kind        varchar(20) not null,
    person      varchar(64) not null,
    state       varchar(20) not null,
    tries       integer     not null,
    due_at      datetime(6) not null,
    give_up_at  datetime(6) not null,
    sent_at     datetime(6),
    trouble     varchar(500),
    constraint pk_cab_mail primary key (id),
    constraint uq_cab_mail_person unique (meeting_id, kind, person),
    constraint fk_cab_mail_meeting foreign key (meeting_id) references cab_meeting (id)
);

create index ix_cab_mail_due on cab_mail (state, due_at);
