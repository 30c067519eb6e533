package dev.hookferry.internal.problem;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EndpointProblem.Failures;
import dev.hookferry.observe.Listener;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.TallyStore.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Tracker of endpoint failures by cause. Counts them without reading the log, and shares them with
 * other nodes and later runs through the tallies in the store. Bounded: beyond the maximum number
 * of endpoints, those accessed least recently are dropped. Thread-safe.
 */
public final class FailureTracker implements Listener {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.problems");

  /** Prefix of the names of this tracker's tallies. */
  private static final String PREFIX = "f:";

  private static final int MAX_ENDPOINTS = 20_000;

  /** Period that is rewritten each time, so that a short store outage loses nothing. */
  private static final Duration REWRITTEN = Duration.ofMinutes(5);

  /** Period that is reread each time; longer, because the clocks of nodes differ. */
  private static final Duration REREAD = Duration.ofMinutes(10);

  /**
   * How long a tally is kept after the last attempt; more than the longest limit of failing
   * endpoints plus the notice.
   */
  private static final Duration KEPT = Duration.ofDays(35);

  private final Map<EndpointId, FailureCauses> endpoints =
      new LinkedHashMap<EndpointId, FailureCauses>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EndpointId, FailureCauses> eldest) {
          return size() > MAX_ENDPOINTS;
        }
      };

  private final UUID writer;

  /**
   * Creates a tracker without failures.
   *
   * @param random generates the id of this process
   */
  public FailureTracker(RandomGenerator random) {
    writer = new UUID(random.nextLong(), random.nextLong());
  }

  /**
   * Failures that have the same cause.
   *
   * @param code the status code, or the code of the outcome
   */
  public record Cause(String code, Failures failures) {
    /** Returns whether the cause blames the receiver. */
    boolean isReceiverFault() {
      return OutcomeKind.fromCode(code)
          .map(
              kind ->
                  kind != OutcomeKind.NOT_ROUTABLE
                      && kind != OutcomeKind.BODY_FAILED
                      && !kind.failedBeforeReceiver())
          .orElse(true);
    }
  }

  /**
   * Failures of an endpoint.
   *
   * @param causes the causes, newest first; at most the newest four
   * @param ofReceiver all failures that blame the receiver, of every cause; empty if none
   */
  public record CurrentFailures(List<Cause> causes, Optional<Failures> ofReceiver) {
    static final CurrentFailures NOTHING = new CurrentFailures(List.of(), Optional.empty());

    /** Returns the number of failures that blame the receiver. */
    public int consecutive() {
      return ofReceiver.map(Failures::count).orElse(0);
    }
  }

  @Override
  public synchronized void attempted(Attempt attempt) {
    if (!attempt.type().equals(EventType.TEST)) {
      of(attempt.endpoint()).attempted(attempt.outcome(), attempt.startedAt());
    }
  }

  /** Ends the failures of an endpoint, including earlier ones that are not known yet. */
  public synchronized void reset(EndpointId endpoint, Instant now) {
    of(endpoint).reset(now);
  }

  private FailureCauses of(EndpointId endpoint) {
    return endpoints.computeIfAbsent(endpoint, id -> new FailureCauses());
  }

  /** Returns the cause of a failed attempt: the status code, or the code of the outcome. */
  public static String code(Outcome outcome) {
    return outcome.statusCode() == 0 ? outcome.kind().code() : "" + outcome.statusCode();
  }

  /** Returns the failures of an endpoint since its last success. */
  public synchronized CurrentFailures failures(EndpointId endpoint) {
    FailureCauses known = endpoints.get(endpoint);
    return known == null ? CurrentFailures.NOTHING : known.current();
  }

  /**
   * Returns the endpoints with at least this many consecutive failures. Releases the lock between
   * endpoints, because many of them take a while and attempts must be counted in the meantime.
   */
  public Set<EndpointId> failing(int atLeast) {
    Set<EndpointId> failing = new HashSet<>();
    known()
        .forEach(
            (endpoint, causes) -> {
              if (consecutive(causes) >= atLeast) {
                failing.add(endpoint);
              }
            });
    return failing;
  }

  private synchronized Map<EndpointId, FailureCauses> known() {
    Map<EndpointId, FailureCauses> known = new HashMap<>();
    endpoints.forEach(
        (endpoint, causes) -> {
          if (causes.mayFail()) {
            known.put(endpoint, causes);
          }
        });
    return known;
  }

  private synchronized int consecutive(FailureCauses causes) {
    return causes.current().consecutive();
  }

  /**
   * Writes the failures of this process to the store, and reads those of others. If the store
   * fails, the list of problems is incomplete; nothing else is affected. Blocks.
   */
  public void share(TallyStore tallies, Instant now) {
    try {
      publish(tallies, now);
      fetch(tallies, now.minus(REREAD), now);
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "the store is not available; problems are incomplete", e);
    }
  }

  /** Reads the failures of earlier runs and of other nodes; see {@link #share}. */
  public void load(TallyStore tallies, Instant now) {
    try {
      fetch(tallies, Instant.EPOCH, now);
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "the store is not available; problems are incomplete", e);
    }
  }

  private void publish(TallyStore tallies, Instant now) {
    List<Tally> findings = tallies(now.minus(REWRITTEN));
    if (!findings.isEmpty()) {
      tallies.put(findings, now);
    }
  }

  private synchronized List<Tally> tallies(Instant since) {
    List<Tally> tallies = new ArrayList<>();
    endpoints.forEach(
        (id, causes) -> {
          if (causes.isWorthSharing() && !causes.newest().isBefore(since)) {
            Instant day = causes.newest().truncatedTo(ChronoUnit.DAYS);
            tallies.add(new Tally(writer, PREFIX + id, day, day.plus(KEPT), causes.text()));
          }
        });
    return tallies;
  }

  private void fetch(TallyStore tallies, Instant since, Instant now) {
    List<Tally> heard = tallies.since(since, PREFIX);
    synchronized (this) {
      heard.stream()
          .filter(tally -> !tally.writer().equals(writer))
          .forEach(tally -> take(tally, now));
    }
  }

  /** Adds a tally; ignores those of other versions that this one cannot parse. */
  private void take(Tally tally, Instant now) {
    try {
      EndpointId id = EndpointId.parse(tally.name().substring(PREFIX.length()));
      of(id).put(tally.writer(), tally.from(), tally.text(), now);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "cannot parse a tally: " + tally.name(), e);
    }
  }
}
