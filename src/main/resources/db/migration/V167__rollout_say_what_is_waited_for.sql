-- Since when its tool has not been reached or has given no clear answer, how often it was tried, what was in the way the
-- last time, and when it is tried again; all four or none.
alter table rollout_command add waits_since datetime(6);
alter table rollout_command add waits_tries integer;
alter table rollout_command add waits_because varchar(1000);
alter table rollout_command add waits_until datetime(6);
