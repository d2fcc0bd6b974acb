package io.gatehouse.change;

/** Something that another module knows about a change and that whoever decides on it should see on the form. */
public interface ApproverInsight {

    /** The field of the form that shows it. */
    String field();

    /** What is known, as lines of text; never empty. */
    String about(Change change);
}
