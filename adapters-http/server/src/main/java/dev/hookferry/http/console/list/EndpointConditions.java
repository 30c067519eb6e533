package dev.hookferry.http.console.list;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.text.EndpointWords;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.observe.DeliveryReason;
import dev.hookferry.observe.EndpointHealth;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Endpoint conditions that keep a list's deliveries waiting. They are shown once above the list, so
 * that the rows show only details of their own.
 *
 * @param all the conditions, those that affect most deliveries first
 * @param endpoints number of endpoints in these conditions
 */
public record EndpointConditions(List<SharedCondition> all, int endpoints) {
  private static final int MAX = 4;

  /** The states of an endpoint whose deliveries wait for retries because it does not work. */
  private static final Set<EndpointHealth.State> FAIL =
      EnumSet.of(EndpointHealth.State.FAILING, EndpointHealth.State.BACKING_OFF);

  private static final Pattern DUE = Pattern.compile("^due now, ");
  private static final Pattern RATE = Pattern.compile("^waits for the limit of ");
  private static final Pattern HELD = Pattern.compile("^on hold: (endpoint )?");
  private static final Pattern FAILED =
      Pattern.compile("failures? in a row|because of its last response");
  private static final Pattern FAILURES = Pattern.compile(" after ([0-9,]+ failures in a row)$");

  /**
   * A condition shared by one or more endpoints.
   *
   * @param endpoint the endpoint's id; empty if there are several
   * @param name its name, or the number of endpoints
   * @param pill its state
   * @param words the condition without the state; empty if the state is self-explanatory
   * @param cause the last failure in a few words; empty if there is none or it is unknown
   * @param count number of deliveries in the list that it keeps waiting
   */
  public record SharedCondition(
      String endpoint, String name, StatePill pill, String words, String cause, int count) {
    /** Returns the number of deliveries, with the noun. */
    public String counted() {
      return count == 1 ? "1 delivery below" : NumberText.of(count) + " deliveries below";
    }

    /** Returns the text for one line, without the details that only the tooltip shows. */
    public String brief() {
      String brief =
          FAILURES
              .matcher(words.replace(" because of its last response", ""))
              .replaceFirst(" ($1)")
              .replaceFirst("^one at a time", "one request at a time");
      return cause.isEmpty() || !FAILED.matcher(words).find() ? brief : cause + " · " + brief;
    }

    /** Returns the full text, for a tooltip. */
    public String whole() {
      return name + (words.isEmpty() ? "" : ": " + words) + " (" + counted() + ")";
    }

    private SharedCondition and(SharedCondition other) {
      return new SharedCondition(
          endpoint, name, pill, words, cause.equals(other.cause) ? cause : "", count + other.count);
    }

    private SharedCondition failingBy(String failure) {
      return new SharedCondition(endpoint, name, pill, words, failure, count);
    }

    /** Returns a copy that states since when the condition holds, unless it has another text. */
    private SharedCondition since(@Nullable Instant since) {
      if (since == null || !words.isEmpty()) {
        return this;
      }
      String begin = "since " + DisplayTime.of(since, since).minute();
      return new SharedCondition(endpoint, name, pill, begin, cause, count);
    }

    private String key() {
      return pill.word() + " " + words;
    }
  }

  /** Returns the conditions of a page of deliveries. */
  public static EndpointConditions of(
      List<Delivery> page, LastAttempts last, EndpointList targets) {
    Map<Endpoint, SharedCondition> found = new LinkedHashMap<>();
    for (Delivery delivery : page) {
      targets
          .find(delivery.endpoint())
          .filter(one -> isExplained(delivery, one, targets))
          .ifPresent(
              one -> found.merge(one, condition(delivery, one, targets), SharedCondition::and));
    }
    Map<String, Map<Endpoint, SharedCondition>> alike = new LinkedHashMap<>();
    found.forEach(
        (endpoint, one) ->
            alike
                .computeIfAbsent(one.key(), key -> new LinkedHashMap<>())
                .put(endpoint, one.failingBy(last.cause(page, endpoint))));
    return new EndpointConditions(
        alike.values().stream()
            .map(EndpointConditions::together)
            .sorted(Comparator.comparingInt(SharedCondition::count).reversed())
            .toList(),
        found.size());
  }

  /** Endpoints in the same condition are merged, such as those of a site that is switched off. */
  private static SharedCondition together(Map<Endpoint, SharedCondition> alike) {
    SharedCondition all = alike.values().stream().reduce(SharedCondition::and).orElseThrow();
    return alike.size() == 1
        ? all.since(alike.keySet().iterator().next().status().since())
        : new SharedCondition(
            "",
            NumberText.of(alike.size()) + " endpoints",
            all.pill(),
            all.words(),
            all.cause(),
            all.count());
  }

  /** Returns whether a delivery waits only because of its endpoint's state. */
  public static boolean waitsForEndpoint(Delivery delivery, DeliveryReason reason) {
    boolean isOpen =
        delivery.state() == DeliveryState.PENDING || delivery.state() == DeliveryState.HELD;
    return isOpen && !reason.isExplainedByTime() && !reason.isIsolated();
  }

  /**
   * Returns whether the endpoint's state explains why a delivery waits, either for its turn or for
   * a retry time.
   */
  private static boolean isExplained(Delivery delivery, Endpoint one, EndpointList targets) {
    DeliveryReason reason = targets.reason(delivery);
    if (waitsForEndpoint(delivery, reason)) {
      return true;
    }
    boolean isWaiting =
        delivery.state() == DeliveryState.PENDING || delivery.state() == DeliveryState.WAITING;
    // A delivery scheduled for later waits for that time, whatever state its endpoint is in.
    boolean isScheduled =
        delivery.attempts() == 0 && reason.isExplainedByTime() && !reason.isDueNow();
    EndpointHealth health = targets.health(one);
    return isWaiting
        && !reason.isIsolated()
        && !isScheduled
        && (health.isHeld() || FAIL.contains(health.state()));
  }

  /** Returns the delivery's reason, or the endpoint's state converted to one. */
  private static String reason(Delivery delivery, Endpoint one, EndpointList targets) {
    DeliveryReason reason = targets.reason(delivery);
    if (waitsForEndpoint(delivery, reason)) {
      return reason.text();
    }
    EndpointHealth health = targets.health(one);
    return health.isHeld() ? "on hold: " + health.reason() : health.reason();
  }

  private static SharedCondition condition(Delivery delivery, Endpoint one, EndpointList targets) {
    StatePill pill = targets.pill(one);
    String words =
        EndpointWords.plain(DUE.matcher(reason(delivery, one, targets)).replaceFirst(""));
    words = RATE.matcher(HELD.matcher(words).replaceFirst("")).replaceFirst("limited to ");
    if (words.equals(pill.word())) {
      words = "";
    } else if (words.startsWith(pill.word())) {
      words = words.substring(pill.word().length()).replaceFirst("^:? ", "");
    }
    return new SharedCondition(one.id().toString(), one.name(), pill, words, "", 1);
  }

  /**
   * Returns what all conditions have in common, as the title of the list, which is folded on a
   * phone.
   */
  public String title() {
    return NumberText.counted(endpoints, "endpoint")
        + (endpoints == 1 ? " holds" : " hold")
        + " deliveries back";
  }

  /** Returns the conditions that are initially shown. */
  public List<SharedCondition> first() {
    return all.stream().limit(MAX).toList();
  }

  /** Returns the conditions that are initially collapsed. */
  public List<SharedCondition> further() {
    return all.stream().skip(MAX).toList();
  }
}
