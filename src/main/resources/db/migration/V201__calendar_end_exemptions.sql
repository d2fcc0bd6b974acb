-- Who had a freeze hold again for a change before its exemption was over, when and why.
alter table freeze_exemption add column ended_by varchar(64);
alter table freeze_exemption add column ended_at datetime(6);
alter table freeze_exemption add column ended_because varchar(1000);
