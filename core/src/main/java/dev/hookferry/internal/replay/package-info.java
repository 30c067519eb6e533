/**
 * Replays at work: finds the deliveries to replay, and advances the jobs at their rate. The values
 * of a replay are in {@code dev.hookferry.replay}.
 */
@NullMarked
package dev.hookferry.internal.replay;

import org.jspecify.annotations.NullMarked;
