-- Where people see in the tool what a command set off.
alter table rollout_command add link varchar(500);
