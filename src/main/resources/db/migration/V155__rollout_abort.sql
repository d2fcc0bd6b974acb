-- Who wants it to end where it is and why, and who decided then that what had run is kept.
alter table rollout add aborted_by varchar(64);
alter table rollout add aborted_because varchar(1000);
alter table rollout add kept_by varchar(64);
alter table rollout add kept_because varchar(1000);
