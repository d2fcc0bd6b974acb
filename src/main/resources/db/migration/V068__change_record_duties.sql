-- Who had a part in a change besides those its row names, and so has no part in deciding on it: whoever rewrote it or
-- its plan (AUTHOR), and the people who answer for a tool that raised or implemented it (AUTHOR, IMPLEMENTER).
create table change_duty (
    change_id  bigint      not null,
    duty       varchar(20) not null,
    person     varchar(64) not null,
    constraint pk_change_duty primary key (change_id, duty, person),
    constraint fk_change_duty_change foreign key (change_id) references change_request (id)
);

create index ix_change_duty_person on change_duty (person, duty);

-- Whether a change has such rows; most have none.
alter table change_request add column duties_shared boolean default false not null;
