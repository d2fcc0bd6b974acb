-- due_at of what has an end means nothing. This is due_at only as long as a node is to look at the command, so that an index
-- holds nothing else and what is due is taken in its order, however much has ended and however much is due.
alter table rollout_command add open_due_at datetime(6)
    generated always as (case when state in ('NEW', 'SENDING', 'ACCEPTED') then due_at end);

create index ix_rollout_command_open on rollout_command (open_due_at);

-- Takes the place of the one by state and due_at, which every lease had to move.
create index ix_rollout_command_state on rollout_command (state);
drop index ix_rollout_command_due on rollout_command;
