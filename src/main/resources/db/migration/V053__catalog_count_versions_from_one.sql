-- As everywhere else: what was stored once has the version 1.
update service set version = version + 1;
update environment set version = version + 1;
