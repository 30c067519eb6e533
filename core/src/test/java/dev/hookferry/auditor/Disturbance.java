package dev.hookferry.auditor;

import java.time.Instant;

/** Something that was done to the system, and may explain that a request came twice. */
public record Disturbance(String what, Instant from, Instant to) {
  boolean touches(Instant since, Instant until) {
    return !to.isBefore(since) && !from.isAfter(until);
  }
}
