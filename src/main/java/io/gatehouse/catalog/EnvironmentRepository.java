package io.gatehouse.catalog;

import org.springframework.data.repository.ListCrudRepository;

/** Stores environments. */
interface EnvironmentRepository extends ListCrudRepository<Environment, String> {}
