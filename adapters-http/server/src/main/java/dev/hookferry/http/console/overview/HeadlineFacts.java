package dev.hookferry.http.console.overview;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.endpoints.EndpointTable;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.problems.ProblemCard;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Undelivered;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The facts that the headline depends on.
 *
 * @param endpoints number of endpoints of the site
 * @param notWorking the endpoints that are not working and not paused by a user
 * @param isLimited whether all of these are merely held back by their receivers' rate limits
 * @param troubled number of other endpoints whose last attempts failed
 * @param stuck the unfinished deliveries to the endpoints that are not working
 * @param held the deliveries to endpoints paused by a user, excluding those that are not working
 * @param paused number of endpoints of these deliveries
 * @param slowed deliveries to other endpoints that are retrying or rate limited
 * @param waiting number of waiting deliveries, as text
 * @param sends whether webHooksEnabled and this node's delivery are on
 */
record HeadlineFacts(
    int endpoints,
    Set<EndpointId> notWorking,
    boolean isLimited,
    int troubled,
    Undelivered stuck,
    Undelivered held,
    int paused,
    Slowed slowed,
    String waiting,
    boolean sends) {
  /** If more endpoints than this need a sentence, their deliveries are counted together. */
  private static final int MAX_EXACT = 25;

  /**
   * Deliveries that wait for endpoints that are neither working well nor stuck.
   *
   * @param undelivered their unfinished deliveries
   * @param endpoints number of these endpoints
   * @param name the name and the state of the last of them
   */
  record Slowed(Undelivered undelivered, int endpoints, String name) {
    static final Slowed NONE = new Slowed(Undelivered.NONE, 0, "");

    /** Returns a copy with the given endpoint added. */
    Slowed and(Undelivered some, String other) {
      return new Slowed(undelivered.and(some), endpoints + 1, other);
    }

    /** Returns a phrase such as {@code 3 deliveries wait for CRM}; empty if none wait. */
    Optional<String> text() {
      if (endpoints == 0) {
        return Optional.empty();
      }
      boolean isOne = undelivered.waiting() == 1 && !undelivered.more();
      return Optional.of(
          WaitingDeliveries.deliveries(undelivered.waiting(), undelivered.more())
              + (isOne ? " waits for " : " wait for ")
              + (endpoints == 1 ? name : NumberText.of(endpoints) + " other endpoints"));
    }
  }

  /** Counts the facts. */
  static HeadlineFacts of(List<Endpoint> endpoints, EndpointTable board) {
    Set<EndpointId> notWorking = new HashSet<>();
    Undelivered stuck = Undelivered.NONE;
    Undelivered held = Undelivered.NONE;
    Slowed slowed = Slowed.NONE;
    int paused = 0;
    boolean isLimited = true;
    Map<Endpoint, EndpointHealth> some = needingSentence(endpoints, board);
    Map<EndpointId, Undelivered> counted =
        board.undelivered(some.keySet().stream().limit(MAX_EXACT).toList());
    for (Map.Entry<Endpoint, EndpointHealth> entry : some.entrySet()) {
      Endpoint one = entry.getKey();
      EndpointHealth health = entry.getValue();
      Undelivered roughly = board.waiting().of(one.id());
      Undelivered undelivered = counted.getOrDefault(one.id(), roughly);
      boolean isAiling = ProblemCard.isAiling(health, roughly);
      if (isAiling) {
        notWorking.add(one.id());
        isLimited &= isLimited(health) && undelivered.blockedKeys() == 0;
        stuck = stuck.and(undelivered);
      } else if (!isPaused(health)) {
        slowed = slowed.and(undelivered, named(one, health));
      } else if (undelivered.waiting() > 0) {
        held = held.and(undelivered);
        paused++;
      }
    }
    String waiting = board.waiting().count();
    return new HeadlineFacts(
        endpoints.size(),
        notWorking,
        isLimited,
        0,
        stuck,
        held,
        paused,
        slowed,
        waiting,
        board.sends());
  }

  /**
   * Returns each endpoint with its health, which is read once because it can change while
   * deliveries are counted.
   */
  private static Map<Endpoint, EndpointHealth> needingSentence(
      List<Endpoint> endpoints, EndpointTable board) {
    Map<Endpoint, EndpointHealth> some = new LinkedHashMap<>();
    for (Endpoint one : endpoints) {
      EndpointHealth health = board.health(one);
      if (needsSentence(health, board.waiting().of(one.id()))) {
        some.put(one, health);
      }
    }
    return some;
  }

  private static boolean needsSentence(EndpointHealth health, Undelivered undelivered) {
    return ProblemCard.isAiling(health, undelivered)
        || isPaused(health)
        || (isSlowed(health) && undelivered.waiting() > 0);
  }

  /** Returns a copy with the given number of endpoints whose last attempts failed. */
  HeadlineFacts troubled(int others) {
    return new HeadlineFacts(
        endpoints, notWorking, isLimited, others, stuck, held, paused, slowed, waiting, sends);
  }

  private static boolean isSlowed(EndpointHealth health) {
    return health.isRetrying() || isLimited(health);
  }

  private static String named(Endpoint endpoint, EndpointHealth health) {
    return EndpointList.shortName(endpoint) + " (" + StatePill.of(health).word() + ")";
  }

  private static boolean isPaused(EndpointHealth health) {
    return health.state() == EndpointHealth.State.PAUSED;
  }

  private static boolean isLimited(EndpointHealth health) {
    return health.state() == EndpointHealth.State.RATE_LIMITED;
  }
}
