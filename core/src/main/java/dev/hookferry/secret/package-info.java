/**
 * Secrets at rest: master keys, sealing, and the redaction of secrets from text received from
 * others. Signing is in {@code signing}.
 */
@NullMarked
package dev.hookferry.secret;

import org.jspecify.annotations.NullMarked;
