package dev.hookferry.portal;

import dev.hookferry.Replays;
import dev.hookferry.Webhooks;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.replay.ReplayFields;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayWindow;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Events that an endpoint of a portal session never received, such as those accepted before the
 * endpoint was created. They are sent by a {@linkplain ReplayWindow#missing(boolean) replay} at the
 * default rate. Thread-safe; methods block.
 */
public final class MissedEvents {
  private final Webhooks webhooks;
  private final PortalLimits.CustomerScope scope;
  private final PortalLimits limits;
  private final EndpointId endpoint;

  MissedEvents(
      Webhooks webhooks,
      PortalLimits.CustomerScope scope,
      PortalLimits limits,
      EndpointId endpoint) {
    this.webhooks = webhooks;
    this.scope = scope;
    this.limits = limits;
    this.endpoint = endpoint;
  }

  /**
   * Counts the missed events of a period without sending them.
   *
   * @param period its start must be set; without an end, it ends now
   * @throws InvalidException if the period has no start
   * @throws dev.hookferry.refusal.OverloadedException while another count, replay or bulk retry of
   *     the scope is running
   */
  public Replays.Preview count(TimeWindow period) {
    ReplayWindow window = window(period);
    return limits.alone(scope, () -> webhooks.replays().preview(scope.site(), window));
  }

  /**
   * Starts sending the missed events of a period.
   *
   * @param period its start must be set; without an end, it ends now
   * @throws InvalidException if the period has no start
   * @throws ConflictException if missed events are already being sent to this endpoint
   * @throws dev.hookferry.refusal.OverloadedException while another count, replay or bulk retry of
   *     the scope is running
   */
  public ReplayJob send(TimeWindow period) {
    ReplayWindow window = window(period);
    return limits.alone(
        scope,
        () -> {
          if (running() != null) {
            throw new ConflictException("missed events are being sent to this endpoint already");
          }
          return webhooks.replays().start(scope.site(), window, ReplayFields.DEFAULT_RATE);
        });
  }

  /** Returns the unfinished replay of missed events to this endpoint, or null if there is none. */
  public @Nullable ReplayJob running() {
    return all().filter(job -> !job.state().isFinal()).findFirst().orElse(null);
  }

  /** Returns the newest replay of missed events to this endpoint, or null if none is known. */
  public @Nullable ReplayJob newest() {
    return all().findFirst().orElse(null);
  }

  private Stream<ReplayJob> all() {
    return webhooks.replays().list(scope.site()).stream()
        .filter(job -> job.window().missing() && endpoint.equals(job.window().endpoint()));
  }

  private ReplayWindow window(TimeWindow period) {
    Instant since = Objects.requireNonNull(period, "period").since();
    if (since == null) {
      throw InvalidException.of("since", "is missing");
    }
    return ReplayWindow.since(since).until(period.until()).endpoint(endpoint).missing(true);
  }
}
