-- One row, locked by the node that adds what the engine's own tables have no key for, such as filters of the Tasklist.
create table engine_set_up (
    id int not null,
    constraint pk_engine_set_up primary key (id)
);

insert into engine_set_up (id) values (1);
