-- What a release that may go waits for in front of production.
alter table software_release add column waits_for varchar(1000);
