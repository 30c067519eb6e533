package dev.hookferry.http.console.list;

import dev.hookferry.Deliveries;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.EndpointActivity;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.OutcomeAdvice;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The last attempts of several deliveries, read in one query. */
public final class LastAttempts {
  private final Map<DeliveryId, Attempt> attempts;

  private LastAttempts(Map<DeliveryId, Attempt> attempts) {
    this.attempts = attempts;
  }

  /** Reads the last attempts of all attempted deliveries, or of the first 500 if there are more. */
  public static LastAttempts ofAll(SiteId site, Collection<Delivery> some, Deliveries deliveries) {
    return read(site, some.stream(), deliveries);
  }

  /**
   * Reads the last attempts of all undelivered attempted deliveries, or of the first 500 if there
   * are more.
   */
  public static LastAttempts of(SiteId site, Collection<Delivery> some, Deliveries deliveries) {
    return read(site, some.stream().filter(LastAttempts::isUndelivered), deliveries);
  }

  /** Returns the last attempt of a delivery whose attempts are known. */
  public static LastAttempts of(Delivery delivery, List<Attempt> newestFirst) {
    return new LastAttempts(
        newestFirst.isEmpty() ? Map.of() : Map.of(delivery.id(), newestFirst.get(0)));
  }

  private static LastAttempts read(SiteId site, Stream<Delivery> some, Deliveries deliveries) {
    Set<DeliveryId> tried =
        some.filter(delivery -> delivery.attempts() > 0)
            .limit(PageRequest.MAX_LIMIT)
            .map(Delivery::id)
            .collect(Collectors.toSet());
    return new LastAttempts(deliveries.lastAttempts(site, tried));
  }

  private static boolean isUndelivered(Delivery delivery) {
    return switch (delivery.state()) {
      case PENDING, HELD, BLOCKED, EXHAUSTED -> true;
      case WAITING, DELIVERED, CANCELLED, POISONED -> false;
    };
  }

  /** Returns the last attempt of a delivery, or null if there was none. */
  public @Nullable Attempt of(Delivery delivery) {
    return attempts.get(delivery.id());
  }

  /** Returns the status or error of the last attempt; empty if there was none or it succeeded. */
  public String failure(Delivery delivery) {
    Attempt last = attempts.get(delivery.id());
    if (last == null || last.outcome().isSuccess()) {
      return "";
    }
    return cause(last.outcome());
  }

  /** Returns the last failure of some deliveries to an endpoint; empty if there was none. */
  String cause(Collection<Delivery> some, Endpoint endpoint) {
    return some.stream()
        .filter(one -> one.endpoint().equals(endpoint.id()))
        .flatMap(one -> Stream.ofNullable(attempts.get(one.id())))
        .filter(one -> !one.outcome().isSuccess())
        .max(Comparator.comparing(Attempt::startedAt))
        .map(one -> cause(one.outcome()))
        .orElse("");
  }

  /**
   * Returns the response that accepted a delivery, such as {@code HTTP 200 in 44 ms}; empty if
   * there is none or it is unknown.
   */
  public String success(Delivery delivery) {
    Attempt last = attempts.get(delivery.id());
    return last == null || !last.outcome().isSuccess() || last.outcome().statusCode() == 0
        ? ""
        : "HTTP "
            + last.outcome().statusCode()
            + " "
            + DisplayTime.took(EndpointActivity.receiverShare(last.outcome()));
  }

  /**
   * Returns the status or error of a failed attempt, such as {@code cannot connect}, worded like
   * problems.
   */
  public static String cause(Outcome outcome) {
    return StatePill.cause(outcome);
  }

  /**
   * Returns an explanation of the last attempt's failure, with its status; empty if it did not
   * fail.
   */
  public String error(Delivery delivery) {
    Attempt last = attempts.get(delivery.id());
    if (last == null) {
      return "";
    }
    int status = last.outcome().statusCode();
    return (status == 0 ? "" : "HTTP " + status + ". ") + OutcomeAdvice.of(last.outcome());
  }
}
