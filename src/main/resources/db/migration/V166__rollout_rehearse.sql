-- The change whose plan is tried out by this one, to find rehearsals by; the document says the same.
alter table rollout_plan add column rehearses varchar(20);

create index ix_rollout_plan_rehearses on rollout_plan (rehearses, planned_for);
