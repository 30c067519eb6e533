/**
 * A receiver of webhooks for the demo and for trying things out, and the requests that it got.
 * Receivers that measure are in {@code app.bench.load}.
 */
@NullMarked
package dev.hookferry.app.receiver;

import org.jspecify.annotations.NullMarked;
