package io.gatehouse.catalog;

import org.springframework.data.repository.ListCrudRepository;

/** Stores services; for many at once see {@link ServiceReader}. */
interface ServiceRepository extends ListCrudRepository<Service, String> {}
