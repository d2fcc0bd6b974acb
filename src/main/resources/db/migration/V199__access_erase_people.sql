-- Whether everything by which a person could be known was erased; absent where it was not.
alter table access_person add column erased boolean;
