package dev.hookferry.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run of consecutive failures of this node itself, as opposed to a receiver.
 *
 * @param kind the part of Hookferry that failed
 * @param summary what is wrong, without hosts, paths or addresses; safe for everyone
 * @param reason text of the last failure; contains no secrets but may name hosts and addresses
 * @param count number of failures
 * @param since time of the first failure
 * @param at time of the last failure
 */
public record OwnFault(
    Kind kind, String summary, String reason, long count, Instant since, Instant at) {
  /** A fault that has not recurred for this long is over, because retries are far more frequent. */
  private static final Duration RECENT = Duration.ofMinutes(5);

  public OwnFault {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(summary, "summary");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(at, "at");
  }

  /** Creates a fault with the summary of its kind. */
  public OwnFault(Kind kind, String reason, long count, Instant since, Instant at) {
    this(kind, Objects.requireNonNull(kind, "kind").summary, reason, count, since, at);
  }

  /** The component that failed. */
  public enum Kind {
    /** Receivers' host names could not be resolved. */
    RESOLVER("the name resolver does not respond"),
    /** Requests failed locally, for example for lack of connections, ports or memory. */
    NODE("requests fail on this node before they reach the receiver"),
    /** A commit or a claim failed. */
    STORE("the store does not respond");

    private final String summary;

    Kind(String summary) {
      this.summary = summary;
    }

    /** Returns the lower-case name used in the API, such as {@code resolver}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns a description without hosts or addresses, safe for everyone. */
    public String summary() {
      return summary;
    }
  }

  /** Returns the fault after one more failure; {@code before} is null for the first. */
  public static OwnFault after(@Nullable OwnFault before, Kind kind, String reason, Instant now) {
    Objects.requireNonNull(now, "now");
    return before == null || before.kind != kind
        ? new OwnFault(kind, reason, 1, now, now)
        : new OwnFault(kind, reason, before.count + 1, before.since, now);
  }

  /** Returns a copy with a more exact summary than that of its kind. */
  public OwnFault summarized(String text) {
    return new OwnFault(kind, Objects.requireNonNull(text, "text"), reason, count, since, at);
  }

  /** Returns one fault per kind that failed in the last five minutes, latest first. */
  public static List<OwnFault> recent(Collection<OwnFault> all, Instant now) {
    Objects.requireNonNull(all, "all");
    Objects.requireNonNull(now, "now");
    Map<Kind, OwnFault> byKind = new EnumMap<>(Kind.class);
    all.stream()
        .filter(fault -> fault.at.plus(RECENT).isAfter(now))
        .forEach(fault -> byKind.merge(fault.kind, fault, OwnFault::and));
    List<OwnFault> latestFirst = new ArrayList<>(byKind.values());
    latestFirst.sort(Comparator.comparing(OwnFault::at).reversed());
    return List.copyOf(latestFirst);
  }

  private OwnFault and(OwnFault other) {
    return new OwnFault(
        kind,
        at.isBefore(other.at) ? other.summary : summary,
        at.isBefore(other.at) ? other.reason : reason,
        count + other.count,
        since.isBefore(other.since) ? since : other.since,
        at.isBefore(other.at) ? other.at : at);
  }
}
