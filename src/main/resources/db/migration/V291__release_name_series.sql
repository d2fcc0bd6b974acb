-- What a train and a release are the next of. A cadence in weeks stays in its own column, any other is here: P6M.
alter table release_train add column cadence varchar(8);
alter table release_train add column series varchar(64);
alter table software_release add column series varchar(64);

create index ix_software_release_series on software_release (series, id);
