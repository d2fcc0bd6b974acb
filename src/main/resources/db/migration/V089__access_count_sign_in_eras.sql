-- How often everything that a person was signed in to was ended at once. A sign-in remembers the number of its moment and
-- is over when it has grown.
alter table access_person add column sign_in_era bigint default 0 not null;
