package io.gatehouse.change;

/** How near other changes come to one that are under way or planned for the same time in the same environment. */
enum Collision {
    NONE,
    /** One changes a service that needs one of these, or that one of these needs. */
    RELATED_SERVICE,
    SAME_SERVICE
}
