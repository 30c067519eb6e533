/**
 * Measures Hookferry on the machine at hand: the real server, receivers and producers, each in a
 * process of its own.
 *
 * <p>{@link dev.hookferry.app.bench.Bench} runs them and judges. The others are started through
 * {@link dev.hookferry.app.bench.Part} and told what to do by lines of JSON.
 */
@NullMarked
package dev.hookferry.app.bench;

import org.jspecify.annotations.NullMarked;
