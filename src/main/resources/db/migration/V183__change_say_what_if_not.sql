-- What happens if a change is not made, in the words of its requester: boards ask for it.
alter table change_request add column if_not_done longtext;
