package dev.hookferry.http.console.problems;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayProgress;
import dev.hookferry.replay.ReplayState;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A replay of one endpoint's deliveries that is running.
 *
 * @param words what it does and how far it is, such as {@code Retrying 2,597 deliveries: 560 sent}
 * @param path its page, relative to the site
 */
public record RunningReplay(String words, String path) {
  private static final Set<DeliveryState> NOT_RETRIED =
      Set.of(DeliveryState.DELIVERED, DeliveryState.CANCELLED);

  /** Returns the newest running replay of each endpoint that has one. Blocks for one query. */
  static Map<EndpointId, RunningReplay> all(Webhooks webhooks, SiteId site) {
    Map<EndpointId, RunningReplay> running = new HashMap<>();
    for (ReplayJob job : webhooks.replays().list(site)) {
      EndpointId endpoint = job.window().endpoint();
      if (job.state() == ReplayState.RUNNING && endpoint != null) {
        running.putIfAbsent(endpoint, of(job));
      }
    }
    return running;
  }

  private static RunningReplay of(ReplayJob job) {
    ReplayProgress progress = job.progress();
    boolean isRetry =
        !job.window().missing() && Collections.disjoint(job.window().statuses(), NOT_RETRIED);
    String many =
        progress.expected() < 0
            ? "deliveries"
            : NumberText.of(progress.expected())
                + (progress.expected() == 1 ? " delivery" : " deliveries");
    return new RunningReplay(
        (isRetry ? "Retrying " : "Replaying ")
            + many
            + ": "
            + NumberText.of(progress.sent())
            + " sent",
        "/replays/" + job.id());
  }
}
