package io.gatehouse.release.communication;

import io.gatehouse.mail.OutboxMail;
import io.gatehouse.mail.Recipient;
import java.util.List;

/**
 * What people heard of a release, and what they will.
 *
 * @param told oldest first
 * @param coming what the plan says of moments that have not come yet
 */
public record Communications(List<Sending> told, List<CommunicationEntry> coming) {

    /** Something that was told, with the mails that tell it. */
    public record Sending(Announcement announcement, List<OutboxMail> mails) {

        /** Mails to somebody; groups are handed on to their members. */
        public List<OutboxMail> toSomebody() {
            return mails.stream()
                    .filter(mail -> mail.state() != OutboxMail.State.HANDED_ON)
                    .toList();
        }

        /** How many have got this far; those to groups that are not handed on yet are waiting. */
        public long count(OutboxMail.State state) {
            return mails.stream().filter(mail -> mail.state() == state).count();
        }

        /** How many people, addresses and channels there are, as far as that is known. */
        public long recipients() {
            return mails.stream()
                    .filter(mail -> mail.recipient().kind() != Recipient.Kind.GROUP)
                    .count();
        }
    }
}
