-- Documents of releases. A row is a version: it is written once and stays as it is, but for its publication.
create table release_document (
    id             bigint      not null auto_increment,
    release_number varchar(20) not null,
    kind           varchar(30) not null,
    version        bigint      not null,
    text           longtext    not null,
    sha256         char(64)    not null,
    -- Whether Gatehouse drafted it, for whoever is named next.
    drafted        boolean     not null,
    written_by     varchar(64) not null,
    written_at     datetime(6) not null,
    published_by   varchar(64),
    published_at   datetime(6),
    constraint pk_release_document primary key (id),
    constraint uk_release_document_version unique (release_number, kind, version),
    constraint fk_release_document_release foreign key (release_number) references software_release (number)
);
