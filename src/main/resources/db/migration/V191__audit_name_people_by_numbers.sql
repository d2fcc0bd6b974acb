-- The audit trail calls people by these numbers and by nothing else. Who a number stands for is here, where it can be
-- erased; the trail cannot be altered.
create table audit_person (
    n      bigint      not null auto_increment,
    person varchar(64) not null,
    constraint pk_audit_person primary key (n),
    constraint uk_audit_person_person unique (person)
);

-- Where the round through these kinds stood is told by a name that they no longer have.
delete from audit_position where kind in ('person-', 'account-');
