package dev.hookferry.app.cli.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.listing.AttemptLines;
import dev.hookferry.app.cli.listing.AttemptOutput;
import dev.hookferry.app.cli.listing.ReasonText;
import dev.hookferry.app.cli.option.SiteOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Retries a delivery and waits until that attempt has ended. */
final class RetryWatch {
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final String LOG = "log";
  private static final String PENDING = "pending";

  private final SiteOptions site;
  private final String id;
  private final Duration maxWait;

  RetryWatch(SiteOptions site, String id, Duration maxWait) {
    this.site = site;
    this.id = id;
    this.maxWait = maxWait;
  }

  /**
   * Requests the retry, blocks until its attempt has ended, and prints the outcome. If an attempt
   * is in flight already, that attempt counts as the retry, as it does for the server. Gives up
   * after the timeout, or at once if the delivery is no longer pending, such as one that is held.
   *
   * @return whether the attempt succeeded
   */
  boolean run(DeliveryOutput acted) throws InterruptedException {
    // Before the request: its reply may come after the attempt. Attempts are told apart by their
    // ids, since one that uses up no retry has the same number as the next one.
    String before = newest(read());
    site.client().post(site.path("deliveries", id, "retry"), (JsonNode) null);
    long end = System.nanoTime() + maxWait.toNanos();
    JsonNode delivery = read();
    while (next(delivery, before) == null && isPending(delivery) && System.nanoTime() < end) {
      Thread.sleep(PERIOD.toMillis());
      delivery = read();
    }
    JsonNode attempt = next(delivery, before);
    if (site.json()) {
      ObjectNode all = ((ObjectNode) delivery.deepCopy()).without(LOG);
      acted.addJson(all.set("attempt", attempt));
    } else if (attempt == null) {
      site.line(noAttempt(delivery));
    } else {
      site.line(AttemptLines.result(attempt));
      new AttemptOutput(site).advice(attempt);
    }
    return attempt != null && AttemptLines.isSuccess(attempt);
  }

  private String noAttempt(JsonNode delivery) {
    return "no attempt has ended yet; "
        + id
        + " is "
        + ReasonText.withStatus(delivery)
        + "; see "
        + site.suggested("deliveries show " + id);
  }

  private JsonNode read() {
    return site.client().get(site.path("deliveries", id));
  }

  private static boolean isPending(JsonNode delivery) {
    return delivery.path("status").asText().equals(PENDING);
  }

  /** Returns the id of the newest attempt; empty if there is none. */
  private static String newest(JsonNode delivery) {
    JsonNode log = delivery.path(LOG);
    return log.path(log.size() - 1).path("id").asText();
  }

  /** Returns the attempt after this one, or null. The log is sorted from old to new. */
  private static @Nullable JsonNode next(JsonNode delivery, String before) {
    boolean isAfter = before.isEmpty();
    for (JsonNode attempt : delivery.path(LOG)) {
      if (isAfter) {
        return attempt;
      }
      isAfter = attempt.path("id").asText().equals(before);
    }
    return null;
  }
}
