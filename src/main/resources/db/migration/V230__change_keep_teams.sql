-- Whose change it is: the teams of whoever submitted it, or those that own its services if they are in none. By its key a
-- change of the past is asked at once whether a team made it.
create table change_team (
    change_id  bigint      not null,
    team       varchar(64) not null,
    constraint pk_change_team primary key (change_id, team),
    constraint fk_change_team_change foreign key (change_id) references change_request (id)
);

-- Of changes from before it is not known any more who submitted them; they count as made by those who own their services.
insert into change_team (change_id, team)
select distinct s.change_id, o.owner_group
from change_service s
join service o on o.service_key = s.service_key
join change_request c on c.id = s.change_id
where c.approval_round > 0;
