-- A tool may tell its deliveries apart by upper and lower case, which some databases do not.
alter table callback_inbox add column delivery_sha256 char(64) not null;
alter table callback_inbox drop constraint uq_callback_inbox_delivery;
alter table callback_inbox add constraint uq_callback_inbox_delivery unique (source, delivery_sha256);
