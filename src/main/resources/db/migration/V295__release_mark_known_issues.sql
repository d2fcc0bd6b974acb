-- Whether an issue is said in the release notes, for everybody to read. Absent unless somebody has said that it is fit for that.
alter table release_risk add column known_issue boolean;
