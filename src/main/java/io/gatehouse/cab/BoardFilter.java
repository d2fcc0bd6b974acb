package io.gatehouse.cab;

import org.springframework.data.relational.core.mapping.Table;

/** One value that changes on the agenda of a board may have. Of each kind that is named a change has one of the values. */
@Table("board_filter")
public record BoardFilter(Kind kind, String wanted) {

    /** What is looked at. */
    public enum Kind {
        STATE,
        TYPE,
        RISK,
        ENVIRONMENT,
        /** {@code true} or {@code false}: whether the environment is production. */
        PRODUCTION,
        /** 1 to 4: of one of the services. */
        TIER
    }
}
