package dev.hookferry.store;

import java.util.UUID;

/**
 * One incarnation of a process: what owns a delivery while it is being sent. A process that was
 * given up for dead comes back as another owner, so what it still writes as the old one is refused.
 *
 * @param value random or time-ordered, unique among all processes of all times
 */
public record Owner(UUID value) {}
