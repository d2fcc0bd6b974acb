-- What somebody has to say of the releases of a template before they go, as a document.
alter table release_template add column criteria longtext;
