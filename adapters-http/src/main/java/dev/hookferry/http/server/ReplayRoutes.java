package dev.hookferry.http.server;

import dev.hookferry.Replays;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.event.EventType;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sending again what was sent. */
final class ReplayRoutes {
  private static final String STATUS = "must be delivered, exhausted, cancelled or poisoned";

  private final Webhooks webhooks;

  ReplayRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** Sends a window of deliveries again, or counts them. */
  Reply replay(Call call) {
    Fields fields = call.givenFields("since", "until", "endpoint", "type", "status", "dryRun");
    Instant since = fields.word("since", Times::parse, Times.FORM);
    Instant until = fields.word("until", Times::parse, Times.FORM);
    EndpointId endpoint = read(fields, "endpoint", EndpointId::parse);
    EventType type = read(fields, "type", EventType::new);
    DeliveryState status = fields.word("status", ReplayRoutes::finalState, STATUS);
    boolean dryRun = Boolean.TRUE.equals(fields.bool("dryRun"));
    Problems problems = fields.problems();
    problems.require(since != null || !problems.isEmpty(), "since", "is missing: from when on");
    problems.require(
        since == null || until == null || !until.isBefore(since),
        "until",
        "must not be before since");
    fields.check();
    SiteId site = call.site();
    if (endpoint != null) {
      var unused = webhooks.endpoints().get(site, endpoint);
    }
    Replays.Window window =
        new Replays.Window(since == null ? Instant.EPOCH : since, until, endpoint, type, status);
    Replays replays = webhooks.by(call.actor()).replays();
    int count = dryRun ? replays.count(site, window) : replays.run(site, window);
    return Reply.ok(
        json -> {
          json.writeStartObject();
          json.writeNumberField("count", count);
          json.writeBooleanField("dryRun", dryRun);
          json.writeEndObject();
        });
  }

  private static Optional<DeliveryState> finalState(String word) {
    return DeliveryState.ofWord(word).filter(DeliveryState::isFinal);
  }

  private static <T> @Nullable T read(Fields fields, String name, Function<String, T> parse) {
    String text = fields.text(name);
    try {
      return text == null ? null : parse.apply(text);
    } catch (InvalidException e) {
      fields.problems().add(name, e.problems().get(0).reason());
      return null;
    }
  }
}
