/**
 * Execution of replays: finds the deliveries to replay, and advances the jobs at their rate. The
 * public types of replays are in {@code dev.hookferry.replay}.
 */
@NullMarked
package dev.hookferry.internal.replay;

import org.jspecify.annotations.NullMarked;
