-- The change that tried the way back out in a stage, and what the ledger shows of it.
alter table release_stage_run add column rehearsal_change varchar(64);
alter table release_stage_run add column rehearsal_rollout varchar(20);
alter table release_stage_run add column rehearsal_ended_at datetime(6);
alter table release_stage_run add column rehearsal_steps integer;
alter table release_stage_run add column rehearsal_micros bigint;

create unique index uk_release_stage_run_rehearsal on release_stage_run (rehearsal_change);
