package dev.hookferry.store;

import java.util.Objects;
import java.util.UUID;

/**
 * One incarnation of a process, which owns deliveries while it sends them; serves as a fencing
 * token. A process that was declared dead returns as a new owner, and late writes by the old one
 * are refused.
 *
 * @param value random or time-ordered; globally unique and never reused
 */
public record Owner(UUID value) {
  public Owner {
    Objects.requireNonNull(value, "value");
  }
}
