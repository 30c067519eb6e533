package dev.hookferry.http.resource;

import dev.hookferry.Deliveries;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.QueryFields;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.observe.DeliveryReason;
import dev.hookferry.query.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deliveries as the API returns them. */
public final class DeliveryJson {
  /** A delivery, with the reason for its state. */
  public static final ResponseShape<Reasoned> DELIVERY =
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
                  shown -> shown.delivery().attempts()));

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

  /** A delivery with the reason for its state. */
  public record Reasoned(Delivery delivery, DeliveryReason reason) {
    /** Returns a delivery with the reason for its state as this node sees it. */
    public static Reasoned of(Deliveries deliveries, Delivery delivery) {
      return new Reasoned(delivery, deliveries.reason(delivery));
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
   * @param notIndexedBefore the time before which a search by fields may miss some, or null
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
                "The key in whose queue it stands, where the endpoint has an order; null if it"
                    + " stands in none, as once it has ended."),
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
                    + " while it is pending, held, waiting or blocked. A retry or replay sets it anew; earlier"
                    + " outcomes are in the attempts."),
            shown -> shown.delivery().settledAt())
        .always(
            FieldSpec.of(
                "reason",
                FieldKind.text(),
                "Reason for people: why the delivery has not ended yet, or how it ended. Example:"
                    + " backing off until 17:01:00 UTC after 45 consecutive failures."),
            shown -> shown.reason().text());
  }
}
