/**
 * Secrets at rest: master keys, sealing, and the redaction of secrets from texts that others wrote.
 * Signing is in {@code signing}.
 */
@NullMarked
package dev.hookferry.secret;

import org.jspecify.annotations.NullMarked;
