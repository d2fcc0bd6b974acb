package io.gatehouse.cab;

/**
 * Who has the vote of a seat at a moment.
 *
 * @param person the member, or the delegate while the member is absent
 * @param member whose seat it is
 */
public record Voter(String person, BoardMember member) {

    public String seat() {
        return member.seat();
    }

    /** Whether somebody else votes in place of the member. */
    public boolean isDelegate() {
        return !person.equals(member.person());
    }
}
