package dev.hookferry.observe;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much waits in the whole store.
 *
 * @param pending how many deliveries are pending, owned or not
 * @param oldestDue the earliest due time among them, or null if there are none
 */
public record Backlog(long pending, @Nullable Instant oldestDue) {}
