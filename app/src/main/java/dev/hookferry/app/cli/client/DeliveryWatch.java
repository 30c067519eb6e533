package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.listing.AttemptOutput;
import dev.hookferry.app.cli.listing.ReasonText;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.field.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Watches the deliveries of one event and shows each attempt, up to a maximum wait. Stops early if
 * no delivery is pending or waiting, apart from retries due after that time.
 */
final class DeliveryWatch {
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final int MAX_DELIVERIES = 10_000;
  private static final Set<String> OPEN = Set.of("pending", "waiting");

  private final SiteOptions site;
  private final JsonNode receipt;
  private final Duration maxWait;
  private final AttemptOutput output;
  private final Map<String, Integer> shown = new HashMap<>();
  private final Map<String, String> urls = new HashMap<>();

  DeliveryWatch(SiteOptions site, JsonNode receipt, Duration maxWait) {
    this.site = site;
    this.receipt = receipt;
    this.maxWait = maxWait;
    output = new AttemptOutput(site);
  }

  /** Returns the line shown for an accepted event, or for one that was accepted before. */
  static String accepted(JsonNode receipt) {
    long deliveries = receipt.path("deliveries").asLong();
    String to =
        switch ((int) Math.min(deliveries, 2)) {
          case 0 -> "no matching endpoint";
          case 1 -> "1 delivery";
          default -> deliveries + " deliveries";
        };
    String id = receipt.path("id").asText();
    return receipt.path("repeated").asBoolean()
        ? id + " was accepted before: " + to + "; nothing is resent"
        : "accepted " + id + ": " + to;
  }

  /** Blocks while printing attempts; returns whether all deliveries were delivered. */
  boolean run() throws InterruptedException {
    say(accepted(receipt));
    long end = System.nanoTime() + maxWait.toNanos();
    Instant last = InstantSource.system().instant().plus(maxWait);
    JsonNode deliveries = look();
    while (!isOver(deliveries, last) && System.nanoTime() < end) {
      Thread.sleep(PERIOD.toMillis());
      deliveries = look();
    }
    boolean done = true;
    for (JsonNode delivery : deliveries) {
      String status = delivery.path("status").asText();
      done &= status.equals("delivered");
      if (!site.json()) {
        output.end(delivery, result(delivery, status, last), url(delivery));
      }
    }
    if (site.json()) {
      site.print(withDeliveries(deliveries));
    }
    return done;
  }

  private String result(JsonNode delivery, String status, Instant last) {
    if (!status.equals("pending")) {
      return ReasonText.withStatus(delivery);
    }
    String next = delivery.path("nextAttemptAt").asText("");
    String reason = ReasonText.of(delivery);
    if (isRetriedAfter(delivery, last)) {
      String retry = site.suggested("deliveries retry " + delivery.path("id").asText());
      return "not delivered within %s: %s; next attempt at %s, or now with %s"
          .formatted(DurationText.of(maxWait), reason, next, retry);
    }
    return "not finished after %s: %s%s"
        .formatted(
            DurationText.of(maxWait),
            reason,
            next.isEmpty() || next.equals("null") ? "" : "; next attempt at " + next);
  }

  /** Returns whether an attempt has failed and the next one is due too late to wait for. */
  private static boolean isRetriedAfter(JsonNode delivery, Instant last) {
    String next = delivery.path("nextAttemptAt").asText("");
    return delivery.path("attempts").asInt() > 0
        && delivery.path("status").asText().equals("pending")
        && next.endsWith("Z")
        && Instant.parse(next).isAfter(last);
  }

  /** Returns the last attempt's URL; the endpoint's if there was none, as for a held delivery. */
  private String url(JsonNode delivery) {
    String tried = urls.get(delivery.path("id").asText());
    if (tried != null) {
      return tried;
    }
    String endpoint = delivery.path("endpoint").asText();
    return site.client().get(site.path("endpoints", endpoint)).path("url").asText();
  }

  private JsonNode look() {
    JsonNode deliveries =
        TableListing.fetch(
                site.client(),
                site.path("deliveries").with("event", receipt.path("id").asText()),
                MAX_DELIVERIES)
            .path("data");
    for (JsonNode delivery : deliveries) {
      String id = delivery.path("id").asText();
      if (delivery.path("attempts").asInt() > shown.getOrDefault(id, 0)) {
        show(id);
      }
    }
    return deliveries;
  }

  private void show(String id) {
    for (JsonNode attempt : log(id)) {
      int number = attempt.path("number").asInt();
      if (number > shown.getOrDefault(id, 0)) {
        shown.put(id, number);
        urls.put(id, attempt.path("url").asText());
        if (!site.json()) {
          output.line(attempt);
        }
      }
    }
  }

  private JsonNode log(String id) {
    return site.client().get(site.path("deliveries", id)).path("log");
  }

  private boolean isOver(JsonNode deliveries, Instant last) {
    for (JsonNode delivery : deliveries) {
      boolean isOpen = OPEN.contains(delivery.path("status").asText());
      if (isOpen && !isRetriedAfter(delivery, last)) {
        return false;
      }
    }
    return deliveries.size() >= receipt.path("deliveries").asLong();
  }

  private JsonNode withDeliveries(JsonNode deliveries) {
    ObjectNode all = receipt.deepCopy();
    ArrayNode list = all.putArray("deliveries");
    for (JsonNode delivery : deliveries) {
      ObjectNode one = delivery.deepCopy();
      one.set("log", log(delivery.path("id").asText()));
      list.add(one);
    }
    return all;
  }

  private void say(String line) {
    if (!site.json()) {
      site.line(line);
    }
  }
}
