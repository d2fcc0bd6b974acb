-- When its rollback began, so that people see how long the way back takes.
alter table rollout add column rolling_back_at datetime(6);
