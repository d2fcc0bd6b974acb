package io.gatehouse.access;

/** A module's part in erasing somebody: the mail addresses that it keeps beside the register of people. */
public interface KeptAddresses {

    /**
     * Erases an address wherever it is kept, within the running transaction.
     *
     * @param person id of the person, for the audit trail
     * @param standIn what stands in its place where something must, such as {@code Erased person 17}
     */
    void erase(String person, String address, String standIn);
}
