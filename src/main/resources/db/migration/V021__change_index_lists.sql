create index ix_change_request_type on change_request (type, id);
create index ix_change_request_environment on change_request (environment_key, id);
