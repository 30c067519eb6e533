package dev.hookferry.http.console.portal.figures;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.query.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Deliveries in one state that did not arrive or have not arrived yet.
 *
 * @param text their number, as text
 * @param query the query of the list that shows them
 */
public record BacklogPart(String text, String query) {
  private static final List<DeliveryState> OPEN =
      List.of(
          DeliveryState.PENDING, DeliveryState.HELD, DeliveryState.BLOCKED, DeliveryState.WAITING);

  /** Returns the states of deliveries that have not ended. */
  public static List<DeliveryState> openStates() {
    return OPEN;
  }

  /**
   * Returns the deliveries to an endpoint, failed ones first. The first part includes the noun.
   *
   * @param isStopped whether the endpoint is paused or disabled, so that the pending ones wait
   */
  public static List<BacklogPart> ofEndpoint(
      EndpointId id, CustomerBacklog backlog, boolean isStopped, Words words) {
    return ofEndpoint(id, backlog, isStopped, true, words);
  }

  /**
   * Returns the deliveries to an endpoint, the failed ones first, without a noun.
   *
   * @param isStopped whether the endpoint is paused or disabled, so that the pending ones wait
   */
  public static List<BacklogPart> briefly(
      EndpointId id, CustomerBacklog backlog, boolean isStopped, Words words) {
    return ofEndpoint(id, backlog, isStopped, false, words);
  }

  private static List<BacklogPart> ofEndpoint(
      EndpointId id, CustomerBacklog backlog, boolean isStopped, boolean hasNoun, Words words) {
    String to = "&endpoint=" + id;
    List<BacklogPart> parts = new ArrayList<>();
    MatchCount failed = backlog.failed(id);
    if (failed.known() > 0) {
      String text =
          words.count(
              hasNoun ? "failed.count" : "figures.failed-count", failed.known(), failed.more());
      parts.add(new BacklogPart(text, query(DeliveryState.EXHAUSTED) + to));
    }
    List<Delivery> open =
        backlog.open(id).stream().filter(one -> !one.type().equals(EventType.TEST)).toList();
    for (DeliveryState state : OPEN) {
      int count = (int) open.stream().filter(one -> one.state() == state).count();
      if (count > 0) {
        boolean isWaiting = isStopped && state == DeliveryState.PENDING;
        boolean isSentence = hasNoun && parts.isEmpty();
        String stopped = isSentence ? "summary.stopped" : "figures.waiting";
        String key = isWaiting ? stopped : isSentence ? sentence(state) : key(state);
        String text = words.count(key, count, backlog.undelivered(id).more());
        parts.add(new BacklogPart(text, query(state) + to));
      }
    }
    return parts;
  }

  /**
   * Returns the parts, preceded by one for deliveries that arrived in the last 24 hours.
   *
   * @param delivered how many have arrived; 0 if none have or it is unknown
   */
  public static List<BacklogPart> with(int delivered, List<BacklogPart> parts, Words words) {
    if (delivered == 0) {
      return parts;
    }
    String text = words.count("figures.delivered", delivered, false);
    return Stream.concat(
            Stream.of(new BacklogPart(text, ofDay(DeliveryState.DELIVERED))), parts.stream())
        .toList();
  }

  /** Returns the deliveries of all endpoints since a time, the failed ones last. */
  public static List<BacklogPart> ofAll(CustomerBacklog backlog, Instant since, Words words) {
    List<BacklogPart> parts = new ArrayList<>();
    for (DeliveryState state : OPEN) {
      int count = backlog.openSince(since, state).size();
      if (count > 0) {
        String text = words.count(key(state), count, backlog.isCut(since, state));
        parts.add(new BacklogPart(text, ofDay(state)));
      }
    }
    Page<Delivery> failed = backlog.failedSince(since);
    if (!failed.data().isEmpty()) {
      int count = failed.data().size();
      String text = words.count("figures.failed-count", count, failed.next() != null);
      parts.add(new BacklogPart(text, ofDay(DeliveryState.EXHAUSTED)));
    }
    return parts;
  }

  private static String key(DeliveryState state) {
    return switch (state) {
      case HELD -> "figures.held";
      case BLOCKED -> "figures.blocked";
      case WAITING -> "figures.waiting";
      default -> "figures.pending";
    };
  }

  private static String sentence(DeliveryState state) {
    return switch (state) {
      case HELD -> "summary.held";
      case BLOCKED -> "summary.blocked";
      case WAITING -> "summary.waiting";
      default -> "summary.pending";
    };
  }

  private static String ofDay(DeliveryState state) {
    return query(state) + "&range=24h";
  }

  private static String query(DeliveryState state) {
    return "?status=" + state.code() + "&tests=no";
  }
}
