/**
 * Signatures that let a receiver trust a request: QLM's hash, Standard Webhooks and HTTP message
 * signatures. They are put on requests in {@code engine.send}.
 */
@NullMarked
package dev.hookferry.signing;

import org.jspecify.annotations.NullMarked;
