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
import org.jspecify.annotations.Nullable;

/**
 * A failure of this node, not of a receiver, that has repeated itself without a success in between.
 *
 * @param kind what failed
 * @param reason the last failure in words; holds nothing secret, but may name hosts and addresses
 * @param count how often it failed
 * @param since when it failed first
 * @param at when it failed last
 */
public record OwnFault(Kind kind, String reason, long count, Instant since, Instant at) {
  /** A failure that did not repeat itself for so long is over: retries come far more often. */
  private static final Duration RECENT = Duration.ofMinutes(5);

  /** What failed. */
  public enum Kind {
    /** Names of receivers could not be looked up. */
    RESOLVER("the name resolver does not answer"),
    /** Requests could not be made, as for lack of connections, ports or memory. */
    NODE("requests fail on this node before they reach the receiver"),
    /** The store refused a commit or a claim. */
    STORE("the store does not answer");

    private final String summary;

    Kind(String summary) {
      this.summary = summary;
    }

    /** The word on the wire, such as {@code resolver}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What failed, in words that anyone may read. */
    public String summary() {
      return summary;
    }
  }

  /** The fault after one more failure; {@code before} is null at the first. */
  public static OwnFault after(@Nullable OwnFault before, Kind kind, String reason, Instant now) {
    return before == null || before.kind != kind
        ? new OwnFault(kind, reason, 1, now, now)
        : new OwnFault(kind, reason, before.count + 1, before.since, now);
  }

  /** One fault for each kind that failed in the last five minutes, the latest first. */
  public static List<OwnFault> recent(Collection<OwnFault> all, Instant now) {
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
        at.isBefore(other.at) ? other.reason : reason,
        count + other.count,
        since.isBefore(other.since) ? since : other.since,
        at.isBefore(other.at) ? other.at : at);
  }
}
