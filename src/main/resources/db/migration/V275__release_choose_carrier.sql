-- By which template of standard changes a release wants to be brought into production, if the policy lets it.
alter table software_release add column change_template varchar(64);
-- Which kind of change carries it, or carried it last, and why that one.
alter table software_release add column carrier_type varchar(20);
alter table software_release add column carrier_because varchar(1000);

alter table release_stage_run add column carrier_type varchar(20);
alter table release_stage_run add column carrier_because varchar(1000);
