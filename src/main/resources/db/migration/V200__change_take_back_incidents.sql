-- Who took a link back that was wrong, when and why. It stays, counts no longer, and may be made again.
alter table change_incident add column removed_by varchar(64);
alter table change_incident add column removed_at datetime(6);
alter table change_incident add column removed_because varchar(1000);
-- True as long as it counts, then absent, so that a change has an incident once that counts and any number that did.
alter table change_incident add column in_force boolean default true;

-- The new one first: the foreign key needs an index that begins with the change.
alter table change_incident add constraint uk_change_incident_in_force unique (change_id, reference, in_force);
alter table change_incident drop constraint uk_change_incident_reference;
