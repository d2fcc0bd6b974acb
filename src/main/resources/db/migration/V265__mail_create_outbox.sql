-- What is to be mailed to whom; written with what it tells, sent afterwards. Of meetings until now, from now on of others too.
create table mail_outbox (
    id             bigint       not null auto_increment,
    -- What it tells, and about which thing of the module that says so.
    kind           varchar(40)  not null,
    about          bigint       not null,
    recipient_kind varchar(10)  not null,
    recipient      varchar(254) not null,
    state          varchar(20)  not null,
    tries          integer      not null,
    due_at         datetime(6)  not null,
    give_up_at     datetime(6)  not null,
    sent_at        datetime(6),
    trouble        varchar(500),
    constraint pk_mail_outbox primary key (id),
    constraint uk_mail_outbox_recipient unique (kind, about, recipient_kind, recipient)
);

create index ix_mail_outbox_due on mail_outbox (state, due_at);

insert into mail_outbox (kind, about, recipient_kind, recipient, state, tries, due_at, give_up_at, sent_at, trouble)
select concat('cab.', kind), meeting_id, 'PERSON', person, state, tries, due_at, give_up_at, sent_at, trouble
from cab_mail order by id;

drop table cab_mail;
