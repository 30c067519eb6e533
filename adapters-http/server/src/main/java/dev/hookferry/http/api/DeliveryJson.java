package dev.hookferry.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.Deliveries;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.observe.DeliveryReason;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes deliveries as JSON. */
public final class DeliveryJson {
  /** A delivery, with the reason for its state. */
  public static final ResponseShape<Reasoned> DELIVERY =
      schedule(
          ResponseShape.<Reasoned>of("Delivery")
              .always(
                  FieldSpec.of("id", FieldKind.pattern("^dlv_[0-9a-z]{26}$"), "The delivery's id."),
                  shown -> shown.delivery().id())
              .always(
                  FieldSpec.of("event", FieldKind.text(), "The event's id.")
                      .example("evt_01m89rmshbe00b8jhew46a2pfn"),
                  shown -> shown.delivery().event())
              .always(
                  FieldSpec.of("eventType", FieldKind.text(), "The event's type.")
                      .example("license_created"),
                  shown -> shown.delivery().type())
              .always(
                  FieldSpec.of("endpoint", EndpointFields.ID, "The endpoint's id.")
                      .example("ep_01m89rmsm2e00bctbf2wktq7j8"),
                  shown -> shown.delivery().endpoint())
              .always(
                  FieldSpec.of(
                          "status",
                          FieldKind.choice(
                              Stream.of(DeliveryState.values())
                                  .map(DeliveryState::code)
                                  .toArray(String[]::new)),
                          "`held` means that the endpoint or the site is paused.")
                      .example("delivered"),
                  shown -> shown.delivery().state().code())
              .always(
                  FieldSpec.of(
                          "attempts",
                          FieldKind.whole(0, Integer.MAX_VALUE),
                          "Number of attempts so far.")
                      .example(1),
                  shown -> shown.delivery().attempts()));

  private final Deliveries deliveries;

  DeliveryJson(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /** A delivery with the reason for its state. */
  public record Reasoned(Delivery delivery, DeliveryReason reason) {
    private @Nullable Instant nextAttemptAt() {
      Instant known = reason.nextAttemptAt();
      return delivery.state() != DeliveryState.PENDING
          ? null
          : known == null ? delivery.dueAt() : known;
    }
  }

  private static ResponseShape<Reasoned> schedule(ResponseShape<Reasoned> shape) {
    return shape
        .always(
            FieldSpec.of("createdAt", FieldKind.time(), "Time of creation."),
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
                "When the delivery became delivered, exhausted, cancelled or poisoned; null"
                    + " before."),
            shown -> shown.delivery().settledAt())
        .always(
            FieldSpec.of(
                "reason",
                FieldKind.text(),
                "Reason for people: why the delivery has not ended yet, or how it ended. Example:"
                    + " backing off until 17:01:00 UTC after 45 consecutive failures."),
            shown -> shown.reason().text());
  }

  void write(JsonGenerator json, Delivery delivery) throws IOException {
    DELIVERY.write(json, new Reasoned(delivery, deliveries.reason(delivery)));
  }

  /** Returns a delivery with its attempts, oldest first. */
  JsonOutput.Writing withLog(Delivery delivery, List<Attempt> log) {
    return json -> {
      json.writeStartObject();
      DELIVERY.writeFields(json, new Reasoned(delivery, deliveries.reason(delivery)));
      JsonOutput.array(json, "log", AttemptJson::write, log);
      json.writeEndObject();
    };
  }
}
