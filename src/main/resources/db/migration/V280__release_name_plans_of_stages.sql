-- By which kept plan a release goes into production, if not by those of its services.
alter table software_release add column rollout_plan varchar(64);
alter table release_template add column rollout_plan varchar(64);

-- By which kept plan it was deployed in a stage, and what was written in that then.
alter table release_stage_run add column rollout_plan varchar(64);
alter table release_stage_run add column rollout_plan_sha256 char(64);
