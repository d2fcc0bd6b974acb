-- What a recorded answer of a policy table needs to be asked again years later: the round it belongs to, the digest of the
-- table as it was (SHA-256 of its file), and who or what had it asked. Answers from before have none.
alter table policy_decision add column round integer default 0 not null;
alter table policy_decision add column table_sha256 char(64);
alter table policy_decision add column asked_by varchar(64);
