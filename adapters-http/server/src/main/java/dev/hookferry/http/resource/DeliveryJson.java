package dev.hookferry.http.resource;

import dev.hookferry.Deliveries;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.QueryFields;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.observe.DeliveryReason;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Deliveries as the API returns them. */
public final class DeliveryJson {
  /** A delivery, with the reason for its state. */
  public static final ResponseShape<Reasoned> DELIVERY =
      lastAttempt(
          schedule(
              ResponseShape.<Reasoned>of("Delivery")
                  .always(AttemptJson.deliveryId("id"), shown -> shown.delivery().id())
                  .always(AttemptJson.EVENT, shown -> shown.delivery().event())
                  .always(AttemptJson.EVENT_TYPE, shown -> shown.delivery().type())
                  .always(AttemptJson.ENDPOINT, shown -> shown.delivery().endpoint())
                  .always(
                      FieldSpec.of(
                              "status",
                              FieldKind.choice(DeliveryState.class, DeliveryState::code),
                              "`held` means that the endpoint or the site is paused; `waiting` that an"
                                  + " earlier event with its orderingKey has not ended; `blocked` that"
                                  + " it is out of retries and keeps later ones waiting.")
                          .example("delivered"),
                      shown -> shown.delivery().state().code())
                  .always(
                      FieldSpec.of("attempts", FieldKind.count(), "Number of attempts so far.")
                          .example(1),
                      shown -> shown.delivery().attempts())));

  /** A page of deliveries. */
  public static final ResponseShape<Listed> PAGE =
      DELIVERY
          .page("Deliveries")
          .as("Deliveries", Listed::page)
          .ifAny(QueryFields.NOT_INDEXED_BEFORE, Listed::notIndexedBefore);

  /** A delivery with its attempts. */
  public static final ResponseShape<Logged> WITH_LOG =
      DELIVERY
          .as("DeliveryWithLog", Logged::delivery)
          .always(
              FieldSpec.of("log", AttemptJson.ATTEMPT.asList(), "Attempts, oldest first."),
              logged -> AttemptJson.ATTEMPT.list(logged.log()));

  private DeliveryJson() {}

  /**
   * A delivery with the reason for its state.
   *
   * @param last its last attempt; null if there was none, or if it was not read
   */
  public record Reasoned(Delivery delivery, DeliveryReason reason, @Nullable Attempt last) {
    /**
     * Returns a delivery with the reason for its state as this node sees it, without its last
     * attempt. Does not query the store.
     */
    public static Reasoned of(Deliveries deliveries, Delivery delivery) {
      return of(deliveries, delivery, null);
    }

    /** Returns a delivery with the reason for its state as this node sees it. */
    public static Reasoned of(Deliveries deliveries, Delivery delivery, @Nullable Attempt last) {
      return new Reasoned(delivery, deliveries.reason(delivery), last);
    }

    /**
     * Returns deliveries of one site with their last attempts, read by one query per 500
     * deliveries. Blocks.
     */
    public static List<Reasoned> all(Deliveries deliveries, List<Delivery> some) {
      List<Reasoned> all = new ArrayList<>(some.size());
      for (int from = 0; from < some.size(); from += PageRequest.MAX_LIMIT) {
        List<Delivery> part =
            some.subList(from, Math.min(some.size(), from + PageRequest.MAX_LIMIT));
        Set<DeliveryId> tried =
            part.stream()
                .filter(delivery -> delivery.attempts() > 0)
                .map(Delivery::id)
                .collect(Collectors.toSet());
        Map<DeliveryId, Attempt> last = deliveries.lastAttempts(part.get(0).site(), tried);
        part.forEach(delivery -> all.add(of(deliveries, delivery, last.get(delivery.id()))));
      }
      return all;
    }

    /** Returns the reason for display; for an exhausted delivery, how its last attempt ended. */
    public String text() {
      if (delivery.state() != DeliveryState.EXHAUSTED || last == null) {
        return reason.text();
      }
      int status = last.outcome().statusCode();
      return "given up after "
          + (delivery.attempts() == 1 ? "1 attempt: " : delivery.attempts() + " attempts: ")
          + (status == 0 ? last.outcome().kind().code() : "HTTP " + status);
    }

    private @Nullable Integer lastStatusCode() {
      return last == null || last.outcome().response() == null ? null : last.outcome().statusCode();
    }

    private @Nullable String lastError() {
      return last == null || last.outcome().detail().isEmpty() ? null : last.outcome().detail();
    }

    private @Nullable Instant nextAttemptAt() {
      Instant known = reason.nextAttemptAt();
      return delivery.state() != DeliveryState.PENDING
          ? null
          : known == null ? delivery.dueAt() : known;
    }
  }

  /**
   * A page of deliveries.
   *
   * @param notIndexedBefore the time before which a search by fields may miss deliveries, or null
   */
  public record Listed(Page<Reasoned> page, @Nullable Instant notIndexedBefore) {}

  /** A delivery with its attempts, oldest first. */
  public record Logged(Reasoned delivery, List<Attempt> log) {}

  private static ResponseShape<Reasoned> schedule(ResponseShape<Reasoned> shape) {
    return shape
        .orNull(
            FieldSpec.of(
                "orderingKey",
                FieldKind.text(),
                "The ordering key in whose queue it waits, if the endpoint has an order; null if it"
                    + " is in no queue, as once it has ended."),
            shown -> shown.delivery().orderingKey())
        .always(
            FieldSpec.of(
                "createdAt",
                FieldKind.time(),
                "Time at which its event was accepted, even if a resend created it later."),
            shown -> shown.delivery().createdAt())
        .orNull(
            FieldSpec.of(
                "nextAttemptAt",
                FieldKind.time(),
                "Time of the next attempt; null unless pending."),
            Reasoned::nextAttemptAt)
        .orNull(
            FieldSpec.of(
                "settledAt",
                FieldKind.time(),
                "When the delivery last became delivered, exhausted, cancelled or poisoned; null"
                    + " while it is pending, held, waiting or blocked. A retry or replay resets it; earlier"
                    + " outcomes are in the attempts."),
            shown -> shown.delivery().settledAt())
        .always(
            FieldSpec.of(
                "reason",
                FieldKind.text(),
                "Human-readable reason why the delivery has not ended yet, or how it ended."
                    + " Example: backing off until 17:01:00 UTC after 45 consecutive failures."),
            Reasoned::text);
  }

  private static ResponseShape<Reasoned> lastAttempt(ResponseShape<Reasoned> shape) {
    return shape
        .ifAny(
            FieldSpec.of(
                "lastOutcome",
                FieldKind.choice(OutcomeKind.class, OutcomeKind::code),
                "How the last attempt ended. Like lastStatusCode and lastError, absent before the"
                    + " first attempt, and in replies to a retry, cancellation, skip or resend."),
            shown -> shown.last() == null ? null : shown.last().outcome().kind().code())
        .ifAny(
            FieldSpec.of(
                "lastStatusCode",
                FieldKind.integer(100, 599),
                "HTTP status of the last attempt; absent if there was no response."),
            Reasoned::lastStatusCode)
        .ifAny(
            FieldSpec.of(
                "lastError",
                FieldKind.text(),
                "Description of the failure of the last attempt; absent if it succeeded."),
            Reasoned::lastError);
  }
}
