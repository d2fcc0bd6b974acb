-- The train that a release goes with, if any.
alter table software_release add column train_key varchar(64);
create index ix_software_release_train on software_release (train_key, id);
alter table software_release
    add constraint fk_software_release_train foreign key (train_key) references release_train (train_key);
