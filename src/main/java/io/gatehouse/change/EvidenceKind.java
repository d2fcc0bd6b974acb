package io.gatehouse.change;

/** What a piece of evidence proves. {@code RequireEvidence} asks for these; a new kind is a new word of that table. */
public enum EvidenceKind {
    /** The tests of what is put there have run. */
    TEST_REPORT,
    /** Somebody other than its author has read what was altered. */
    CODE_REVIEW,
    /** What is put there was searched for known vulnerabilities. */
    SECURITY_SCAN,
    /** A backup was taken and can be read back. */
    BACKUP,
    /** The way there and back was tried elsewhere. */
    REHEARSAL,
    /** From which sources, by whom and how what is put there was built. */
    PROVENANCE,
    /** What it means for personal data was looked at. */
    PRIVACY_REVIEW
}
