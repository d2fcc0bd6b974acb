package io.gatehouse.audit;

/** Who is meant where the trail has a number, as a piece of SQL. */
public final class TrailNames {

    /** The person, tool or Gatehouse itself that an entry says did it. */
    public static final String ACTOR =
            "coalesce((select p.person from audit_person p where concat('person-', lpad(p.n, 9, '0')) = actor), actor)";

    /** What a person, who is the parameter, is called as the object of an entry. */
    public static final String PERSON =
            "(select concat('person-', lpad(p.n, 9, '0')) from audit_person p where p.person = ?)";

    private TrailNames() {}
}
