-- What was submitted, as one digest over the scope of a change and the plan of its rollout; and for each decision what
-- it was about. A tool is only called while what is about to run still has the digest that was approved.
alter table change_request add column scope_sha256 char(64);
alter table change_approval add column scope_sha256 char(64);
