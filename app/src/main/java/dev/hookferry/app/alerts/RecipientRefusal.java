package dev.hookferry.app.alerts;

/**
 * The refusal of a message for one recipient.
 *
 * @param reason the reason in one line
 * @param isTemporary whether the same message may be accepted later, as with greylisting
 */
record RecipientRefusal(String reason, boolean isTemporary) {}
