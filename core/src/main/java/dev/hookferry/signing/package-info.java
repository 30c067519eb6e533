/**
 * Signatures that let a receiver authenticate a request: QLM's hash, Standard Webhooks, HTTP
 * Message Signatures and the schemes of other senders. {@code engine.send} adds them to requests.
 */
@NullMarked
package dev.hookferry.signing;

import org.jspecify.annotations.NullMarked;
