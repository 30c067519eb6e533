package dev.hookferry.observe;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A user's note about the failures of an endpoint, from the audit log.
 *
 * @param by the name of the API key or program
 * @param at when it was written
 * @param until the end of a mute; null for an acknowledgement
 */
public record ProblemNote(String by, Instant at, @Nullable Instant until) {
  public ProblemNote {
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(at, "at");
  }
}
