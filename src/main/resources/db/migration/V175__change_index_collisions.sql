-- What is open in an environment and ends after another change begins is found without reading what is over.
create index ix_change_request_collision on change_request (environment_key, state, window_ends_at, window_starts_at);
