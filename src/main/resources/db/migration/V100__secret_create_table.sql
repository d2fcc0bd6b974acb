-- Encrypted with a key that is not in this database; see docs/adr/0018. The previous value is accepted for a while
-- from others, and never used towards them.
create table secret (
    secret_name          varchar(64)     not null,
    version              bigint          not null,
    key_id               varchar(40)     not null,
    nonce                varbinary(12)   not null,
    ciphertext           varbinary(4112) not null,
    previous_key_id      varchar(40),
    previous_nonce       varbinary(12),
    previous_ciphertext  varbinary(4112),
    changed_by           varchar(64)     not null,
    changed_at           datetime(6)     not null,
    constraint pk_secret primary key (secret_name)
);
