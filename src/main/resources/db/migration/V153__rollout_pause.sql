-- Since when no step of it may begin, and who wants that why; all three or none.
alter table rollout add paused_at datetime(6);
alter table rollout add paused_by varchar(64);
alter table rollout add paused_because varchar(1000);
