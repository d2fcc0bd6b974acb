-- Which versions of the policy tables decide about a change, round by round: those that were the newest when it was
-- submitted, and an earlier one as well where whoever wrote the change had a hand in the newest.
create table change_policy (
    change_id      bigint       not null,
    round          integer      not null,
    table_key      varchar(100) not null,
    table_version  integer      not null,
    constraint pk_change_policy primary key (change_id, round, table_key, table_version),
    constraint fk_change_policy_change foreign key (change_id) references change_request (id)
);

create index ix_model_proposal_file on model_proposal (file, model_version);

-- Whoever proposed or let in a version that has decided already has a part in that change (POLICY).
insert into change_duty (change_id, duty, person)
select d.change_id, 'POLICY', p.proposed_by
from policy_decision d
join model_proposal p on p.file = concat(d.table_key, '.dmn') and p.model_version = d.table_version
where p.state = 'DEPLOYED'
union
select d.change_id, 'POLICY', p.decided_by
from policy_decision d
join model_proposal p on p.file = concat(d.table_key, '.dmn') and p.model_version = d.table_version
where p.state = 'DEPLOYED';

update change_request set duties_shared = true
where id in (select d.change_id from change_duty d where d.duty = 'POLICY');
