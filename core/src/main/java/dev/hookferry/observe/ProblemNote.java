package dev.hookferry.observe;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A person's note about the failures of an endpoint, as the audit log has it.
 *
 * @param by the name of the API key or program
 * @param at when it was made
 * @param until the end of a mute; null for an acknowledgement
 */
public record ProblemNote(String by, Instant at, @Nullable Instant until) {
  public ProblemNote {
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(at, "at");
  }
}
