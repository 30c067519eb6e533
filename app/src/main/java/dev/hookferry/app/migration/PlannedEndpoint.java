package dev.hookferry.app.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An endpoint to be created or updated.
 *
 * @param uid by which it is found again
 * @param subject what to call it in a report
 * @param fields its fields as the API takes them, without those below; null resets a field
 * @param state whether it sends
 * @param secrets its secret, and before it older ones that still sign, oldest first; empty if
 *     unknown
 * @param keyPair whether it signs with a key pair if its secret is unknown
 * @param overlap how long an older secret signs after the next one has taken over
 * @param headers names of headers that need care
 */
public record PlannedEndpoint(
    String uid,
    String subject,
    ObjectNode fields,
    State state,
    List<String> secrets,
    boolean keyPair,
    Duration overlap,
    HeaderCare headers) {
  /** Whether an endpoint sends. */
  public enum State {
    /** It sends. */
    ENABLED,
    /** It is switched off in the other system. */
    DISABLED,
    /** It is created paused, since someone must complete it first; an update leaves it alone. */
    INCOMPLETE
  }

  /**
   * Headers that need care.
   *
   * @param unreadable names of headers whose values are unknown; an update keeps their values
   * @param secret names of headers whose values are to be masked, whatever they are called
   */
  public record HeaderCare(Set<String> unreadable, Set<String> secret) {
    public HeaderCare {
      unreadable = Set.copyOf(unreadable);
      secret = Set.copyOf(secret);
    }
  }

  public PlannedEndpoint {
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(fields, "fields");
    Objects.requireNonNull(state, "state");
    secrets = List.copyOf(secrets);
    Objects.requireNonNull(overlap, "overlap");
    Objects.requireNonNull(headers, "headers");
  }

  /** Shows no secrets. */
  @Override
  public String toString() {
    return subject + " " + state;
  }
}
