-- How long a vote lasts where no meeting of the board comes before the change.
alter table board add column voting_hours integer not null default 72;
