/**
 * Webhook receiver for the demo and for experiments, with the requests that it received. Receivers
 * that measure are in {@code app.bench.load}.
 */
@NullMarked
package dev.hookferry.app.receiver;

import org.jspecify.annotations.NullMarked;
