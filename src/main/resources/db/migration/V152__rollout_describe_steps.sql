-- A step that only looks, what its plan says to people about it, and how long it is expected to take (ISO 8601).
alter table rollout_step add only_checks boolean default false not null;
alter table rollout_step add runbook longtext;
alter table rollout_step add expected_duration varchar(40);
