package dev.hookferry.app.cli.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.listing.AttemptLines;
import dev.hookferry.app.cli.listing.ReasonText;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.listing.UidLookup;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.client.ApiException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reports the outcomes of the deliveries of a resent event. */
public final class ResentDeliveries {
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);
  private static final String PENDING = "pending";

  /** Statuses of an unsent delivery that will still be sent; with any other it ended unsent. */
  private static final Set<String> UNSENT = Set.of(PENDING, "held", "waiting");

  private final SiteOptions site;
  private final Map<String, Integer> attempts = new HashMap<>();

  private ResentDeliveries(SiteOptions site) {
    this.site = site;
  }

  /** Records the attempts of an event's deliveries so far; to be called before it is resent. */
  public static ResentDeliveries of(SiteOptions site, String event) {
    ResentDeliveries resent = new ResentDeliveries(site);
    try {
      for (JsonNode delivery : site.client().get(site.path("events", event)).path("deliveries")) {
        resent.attempts.put(delivery.path("id").asText(), delivery.path("attempts").asInt());
      }
    } catch (ApiException e) {
      // The resend request reports the same problem, or a more specific one.
    }
    return resent;
  }

  /**
   * Waits up to 5 s in total for an attempt of each delivery, and prints a line for each, except
   * with JSON output.
   *
   * @return whether none of these attempts failed, and no delivery ended without one
   */
  public boolean show(JsonNode deliveries) throws InterruptedException {
    boolean isGood = true;
    long end = System.nanoTime() + MAX_WAIT.toNanos();
    for (JsonNode delivery : deliveries) {
      String id = delivery.path("id").asText();
      JsonNode now = read(id);
      while (isUntried(now) && isPending(now) && System.nanoTime() < end) {
        Thread.sleep(PERIOD.toMillis());
        now = read(id);
      }
      if (!site.json()) {
        String endpoint = UidLookup.nameOf(site, delivery.path("endpoint").asText());
        site.line(id + " to " + endpoint + ": " + text(now));
      }
      isGood &=
          isUntried(now)
              ? UNSENT.contains(now.path("status").asText())
              : AttemptLines.isSuccess(newest(now));
    }
    return isGood;
  }

  private String text(JsonNode delivery) {
    String id = delivery.path("id").asText();
    if (!isUntried(delivery)) {
      String sent = attempts.getOrDefault(id, 0) == 0 ? "sent; " : "resent; ";
      String next = TableListing.text(delivery.path("nextAttemptAt"));
      return sent
          + AttemptLines.result(newest(delivery))
          + (next.isEmpty() ? "" : "; next attempt at " + next);
    }
    return isPending(delivery)
        ? "due now; see the outcome with " + site.suggested("deliveries show " + id)
        : ReasonText.withStatus(delivery);
  }

  private static JsonNode newest(JsonNode delivery) {
    JsonNode log = delivery.path("log");
    return log.path(log.size() - 1);
  }

  private JsonNode read(String id) {
    return site.client().get(site.path("deliveries", id));
  }

  private boolean isUntried(JsonNode delivery) {
    String id = delivery.path("id").asText();
    return delivery.path("log").size() <= attempts.getOrDefault(id, 0);
  }

  private static boolean isPending(JsonNode delivery) {
    return delivery.path("status").asText().equals(PENDING);
  }
}
