package io.gatehouse.mail;

/** What a mail says: its subject in one line, and its text. */
public record Letter(String subject, String text) {}
