package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.transfer.ProgressPrinter;
import java.time.Duration;
import java.util.Set;

/** Watches a background replay until it ends. */
final class ReplayWatch {
  private static final Duration PERIOD = Duration.ofMillis(200);
  private static final Set<String> ENDED = Set.of("done", "cancelled");

  private final SiteOptions site;

  ReplayWatch(SiteOptions site) {
    this.site = site;
  }

  /**
   * Blocks until the replay has ended and prints its result; returns whether it sent everything.
   */
  boolean await(String id) throws InterruptedException {
    JsonNode job = look(id);
    ProgressPrinter progress = site.progress();
    progress.begin("replayed", "deliveries", job.path("expected").asLong());
    while (!ENDED.contains(state(job))) {
      Thread.sleep(PERIOD.toMillis());
      job = look(id);
      progress.show(job.path("sent").asLong());
    }
    progress.end();
    long sent = job.path("sent").asLong();
    site.result(
        job,
        "%s is %s: %s due again, %d skipped"
            .formatted(
                id,
                state(job),
                sent == 1 ? "1 delivery is" : sent + " deliveries are",
                job.path("skipped").asLong()));
    return state(job).equals("done") && job.path("note").asText().isEmpty();
  }

  private JsonNode look(String id) {
    return site.client().get(site.path("replay-jobs", id));
  }

  private static String state(JsonNode job) {
    return job.path("state").asText();
  }
}
