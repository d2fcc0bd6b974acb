package io.gatehouse.catalog;

import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Column;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A place where services are deployed.
 *
 * @param order where it stands on the way to production, 1 is the first; several may stand at the same place
 * @param production whether it serves the organisation's users, so that its rules for production apply
 * @param version counts what was stored, from 1; 0 before the first time
 */
@Table("environment")
public record Environment(
        @Id @Column("environment_key") String key,
        String name,
        EnvironmentKind kind,
        @Column("stage_order") int order,
        boolean production,
        @Version long version) {}
