package dev.hookferry.app.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * An endpoint to be created or updated.
 *
 * @param uid the uid by which later runs find it
 * @param subject its name in a report
 * @param fields its fields in the API's form, without those below; null resets a field
 * @param state whether it is enabled
 * @param secrets its current secret, preceded by older ones that still sign, oldest first; empty if
 *     unknown
 * @param keyPair whether it signs with a key pair if its secret is unknown
 * @param overlap how long an older secret signs after the next one has taken over
 * @param headers names of headers that need special handling
 * @param coverage the fields that an update may write
 */
public record PlannedEndpoint(
    String uid,
    String subject,
    ObjectNode fields,
    State state,
    List<String> secrets,
    boolean keyPair,
    Duration overlap,
    HeaderHandling headers,
    Coverage coverage) {
  /** State of an endpoint in an import plan. */
  public enum State {
    /** Sends deliveries. */
    ENABLED,
    /** Disabled in the other system. */
    DISABLED,
    /** Created paused, since it must be completed by hand; updates keep whether it is enabled. */
    INCOMPLETE
  }

  /**
   * Headers that need special handling. Names are compared without regard to case.
   *
   * @param kept names of headers whose values cannot be imported; an update keeps those present
   * @param secret names of headers whose values are to be masked, whatever they are called
   * @param areCustomKept whether an update keeps headers that are not secret, since the other
   *     system has only headers with credentials
   */
  public record HeaderHandling(Set<String> kept, Set<String> secret, boolean areCustomKept) {
    public HeaderHandling {
      kept = anyCase(kept);
      secret = anyCase(secret);
    }

    private static Set<String> anyCase(Set<String> names) {
      Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      all.addAll(names);
      return Collections.unmodifiableSet(all);
    }
  }

  /**
   * The part of an endpoint that the other system defines. An update leaves the rest unchanged.
   *
   * @param defaults names of fields that only a new endpoint gets
   * @param labels tests whether a label of this name belongs to the other system
   */
  public record Coverage(Set<String> defaults, Predicate<String> labels) {
    public Coverage {
      defaults = Set.copyOf(defaults);
      Objects.requireNonNull(labels, "labels");
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
    Objects.requireNonNull(coverage, "coverage");
  }

  /** Returns a text without secrets. */
  @Override
  public String toString() {
    return subject + " " + state;
  }
}
