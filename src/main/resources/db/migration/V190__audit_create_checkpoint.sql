-- Whose turn it is to write a checkpoint, and the newest that some node has written. due_at and written_at are on the
-- database's clock. The proof is the file outside of the database; this only says whether one is overdue.
create table audit_checkpoint (
    id         integer     not null,
    due_at     datetime(6) not null,
    n          bigint      not null,
    written_at datetime(6),
    constraint pk_audit_checkpoint primary key (id)
);

insert into audit_checkpoint (id, due_at, n)
values (1, '2000-01-01 00:00:00', 0);
