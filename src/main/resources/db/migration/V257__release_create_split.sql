-- That a release was split: from which one services were taken, and the one that got them.
create table release_split (
    id          bigint      not null auto_increment,
    from_number varchar(20) not null,
    into_number varchar(20) not null,
    split_by    varchar(64) not null,
    split_at    datetime(6) not null,
    constraint pk_release_split primary key (id),
    constraint uk_release_split_into unique (into_number),
    constraint fk_release_split_from foreign key (from_number) references software_release (number),
    constraint fk_release_split_into foreign key (into_number) references software_release (number)
);
