package dev.hookferry.observe;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Pending work of the whole store.
 *
 * @param pending number of pending deliveries, owned or not
 * @param oldestDue the earliest due time among them, or null if there are none
 */
public record Backlog(long pending, @Nullable Instant oldestDue) {}
