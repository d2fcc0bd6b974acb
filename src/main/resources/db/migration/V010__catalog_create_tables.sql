create table service (
  service_key varchar(63) not null,
  name varchar(200) not null,
  tier int not null,
  owner_group varchar(63) not null,
  version bigint not null,
  constraint pk_service primary key (service_key)
);

create index ix_service_owner_group on service (owner_group, service_key);

create table service_compliance_scope (
  service_key varchar(63) not null,
  scope varchar(63) not null,
  constraint pk_service_compliance_scope primary key (service_key, scope),
  constraint fk_service_compliance_scope_service foreign key (service_key) references service (service_key)
);

create table service_dependency (
  service_key varchar(63) not null,
  depends_on varchar(63) not null,
  constraint pk_service_dependency primary key (service_key, depends_on),
  constraint fk_service_dependency_service foreign key (service_key) references service (service_key),
  constraint fk_service_dependency_depends_on foreign key (depends_on) references service (service_key)
);

create index ix_service_dependency_depends_on on service_dependency (depends_on, service_key);

create table environment (
  environment_key varchar(63) not null,
  name varchar(200) not null,
  kind varchar(20) not null,
  stage_order int not null,
  production boolean not null,
  version bigint not null,
  constraint pk_environment primary key (environment_key)
);

create index ix_environment_stage_order on environment (stage_order, environment_key);

-- What was deployed where, append-only but for live: true for what runs now, null for what ran before.
create table deployment (
  id bigint auto_increment not null,
  service_key varchar(63) not null,
  environment_key varchar(63) not null,
  deployed_version varchar(200) not null,
  digest varchar(200),
  change_number varchar(20),
  deployed_at datetime(6) not null,
  live boolean,
  constraint pk_deployment primary key (id),
  constraint uq_deployment_live unique (service_key, environment_key, live),
  constraint fk_deployment_service foreign key (service_key) references service (service_key),
  constraint fk_deployment_environment foreign key (environment_key) references environment (environment_key)
);

create index ix_deployment_service on deployment (service_key, id);
create index ix_deployment_environment on deployment (environment_key, id);
create index ix_deployment_environment_live on deployment (environment_key, live, id);
create index ix_deployment_change_number on deployment (change_number);
