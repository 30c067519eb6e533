package dev.hookferry.app.cli.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.Confirmation;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.listing.AttemptLines;
import dev.hookferry.app.cli.listing.AttemptOutput;
import dev.hookferry.app.cli.listing.FieldLines;
import dev.hookferry.app.cli.listing.ReasonText;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.listing.UidLookup;
import dev.hookferry.app.cli.option.EventFilterOptions;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.OptionProblems;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.cli.option.WindowOptions;
import dev.hookferry.app.client.Path;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "deliveries",
    description = "Shows, retries and cancels deliveries of events to endpoints.",
    addMethodSubcommands = false)
public final class DeliveriesCommand {
  private static final String IDS = "The delivery's id; repeatable.";
  private static final Duration MAX_WAIT = Duration.ofSeconds(60);
  private static final String NONE = "no deliveries";
  private static final String TYPE = "EVENT TYPE";
  private static final String TYPE_FIELD = "eventType";

  /** The reason of a delivery with a next attempt, if there is nothing more specific. */
  private static final String RETRY = "retry scheduled";

  private static final TableListing DELIVERIES =
      new TableListing(NONE)
          .column("ID", "id")
          .state("STATUS", "status")
          .state("LAST", DeliveriesCommand::last)
          .endpoint("ENDPOINT")
          .column(TYPE, TYPE_FIELD)
          .column("ATTEMPTS", "attempts")
          .time("NEXT ATTEMPT", "nextAttemptAt")
          .time("CREATED", "createdAt")
          .column("EVENT", "event")
          .text("REASON", ReasonText::of);

  private static final TableListing FITTED_DELIVERIES = fitted(false);
  private static final TableListing FITTED_WITH_REASONS = fitted(true);

  /** Returns the terminal layout: endpoint names, and no reason that repeats other columns. */
  private static TableListing fitted(boolean hasReasons) {
    TableListing first =
        new TableListing(NONE)
            .column("ID", "id")
            .state("STATUS", "status")
            .state("LAST", DeliveriesCommand::last)
            .label("ENDPOINT");
    // A reason needs the room that a shortened event type would take.
    return (hasReasons ? first.column(TYPE, TYPE_FIELD) : first.text(TYPE, TYPE_FIELD))
        .column("ATTEMPTS", "attempts")
        .time("NEXT ATTEMPT", "nextAttemptAt")
        .time("CREATED", "createdAt")
        .column("EVENT", "event")
        .text("REASON", DeliveriesCommand::reason);
  }

  private static String reason(JsonNode delivery) {
    String reason = ReasonText.of(delivery);
    return reason.equals(RETRY) || reason.equals(givenUp(delivery)) ? "" : reason;
  }

  /** Returns the reason of an exhausted delivery that only repeats its other columns. */
  private static String givenUp(JsonNode delivery) {
    int attempts = delivery.path("attempts").asInt();
    boolean hasStatus = delivery.hasNonNull("lastStatusCode");
    return "given up after "
        + (attempts == 1 ? "1 attempt: " : attempts + " attempts: ")
        + (hasStatus ? "HTTP " : "")
        + last(delivery);
  }

  private static TableListing listing(SiteOptions site, JsonNode deliveries) {
    if (!site.isFitted()) {
      return DELIVERIES;
    }
    boolean hasReasons =
        StreamSupport.stream(deliveries.spliterator(), false)
            .anyMatch(delivery -> !reason(delivery).isEmpty());
    return hasReasons ? FITTED_WITH_REASONS : FITTED_DELIVERIES;
  }

  /** Returns the status of the last attempt's response, or how it ended without one. */
  private static String last(JsonNode delivery) {
    String status = TableListing.text(delivery.path("lastStatusCode"));
    return status.isEmpty() ? TableListing.text(delivery.path("lastOutcome")) : status;
  }

  @Command(name = "list", description = "Lists deliveries, newest first.")
  int list(
      @Mixin SiteOptions site,
      @Mixin LimitOption limit,
      @Mixin WindowOptions window,
      @Mixin FilterOptions filter) {
    OptionProblems problems = new OptionProblems();
    Integer unused = problems.read(limit::value);
    Path period = window.with(filter.with(site.path("deliveries")), problems);
    Path checked = filter.events.checked(period, site, problems);
    ObjectNode found = TableListing.fetch(site.client(), checked, limit.value());
    if (found.path("data").isEmpty() && filter.event != null) {
      // Fails if there is no such event.
      JsonNode unusedEvent = site.client().get(site.path("events", filter.event));
    }
    listing(site, found.path("data")).show(site, found);
    return ExitCode.DONE;
  }

  @Command(name = "show", description = "Shows a delivery with all its attempts.")
  int show(
      @Mixin SiteOptions site,
      @Parameters(paramLabel = "DELIVERY", description = "The delivery's id.") String id) {
    JsonNode delivery = site.client().get(site.path("deliveries", id));
    if (site.json()) {
      site.print(delivery);
      return ExitCode.DONE;
    }
    JsonNode log = delivery.path("log");
    FieldLines.show(site, TableListing.named(site, delivery).without("log"));
    AttemptOutput attempts = new AttemptOutput(site);
    log.forEach(attempt -> attempts.details(AttemptLines.alone(attempt)));
    attempts.advice(log.path(log.size() - 1));
    return ExitCode.DONE;
  }

  @Command(
      name = "retry",
      description = "Makes the next attempt now; a finished delivery gets one more.")
  int retry(
      @Mixin SiteOptions site,
      @Parameters(paramLabel = "DELIVERY", arity = "1..*", description = IDS) List<String> ids,
      @Option(
              names = "--wait",
              description =
                  "Waits for the attempt and shows its outcome; fails if it fails or does not end"
                      + " in time.")
          boolean wait,
      @Option(
              names = "--timeout",
              paramLabel = "TIME",
              description = "How long to wait with --wait (default: 60s).")
          @Nullable Duration timeout)
      throws InterruptedException {
    if (timeout != null && !wait) {
      throw InvalidException.of("--timeout", "requires --wait");
    }
    Duration maxWait = timeout == null ? MAX_WAIT : timeout;
    boolean done = true;
    try (DeliveryOutput acted = new DeliveryOutput(site, ids.size() > 1)) {
      for (String id : ids) {
        if (wait) {
          done &= new RetryWatch(site, id, maxWait).run(acted);
        } else {
          acted.add(post(site, id, "retry"), after -> retried(site, id, after));
        }
      }
    }
    return ExitCode.of(done);
  }

  private static JsonNode post(SiteOptions site, String id, String action) {
    return site.client().post(site.path("deliveries", id, action), (JsonNode) null);
  }

  private static String retried(SiteOptions site, String id, JsonNode after) {
    boolean isHeld = after.path("status").asText().equals("held");
    return (isHeld ? id + " is held" : "retrying " + id + " now")
        + "; see the outcome with "
        + site.suggested("deliveries show " + id);
  }

  @Command(name = "cancel", description = "Cancels a pending delivery.")
  int cancel(
      @Mixin SiteOptions site,
      @Mixin Confirmation question,
      @Parameters(paramLabel = "DELIVERY", arity = "1..*", description = IDS) List<String> ids) {
    question.require(
        site,
        () ->
            ids.size() == 1
                ? "Cancel " + described(site, ids.get(0)) + "? It will no longer be sent."
                : "Cancel " + ids.size() + " deliveries? They will no longer be sent.");
    try (DeliveryOutput acted = new DeliveryOutput(site, ids.size() > 1)) {
      ids.forEach(id -> acted.add(post(site, id, "cancel"), after -> cancelled(id, after)));
    }
    return ExitCode.DONE;
  }

  /** Returns an id with the delivery's event type and endpoint. */
  private static String described(SiteOptions site, String id) {
    JsonNode delivery = site.client().get(site.path("deliveries", id));
    String endpoint = UidLookup.nameOf(site, delivery.path("endpoint").asText());
    return "%s (%s to %s)".formatted(id, delivery.path(TYPE_FIELD).asText(), endpoint);
  }

  private static String cancelled(String id, JsonNode after) {
    return after.path("status").asText().equals("cancelled")
        ? id + " is cancelled"
        : id + " has an attempt in flight; it is cancelled if that attempt fails";
  }

  /** Options that filter deliveries. */
  static final class FilterOptions {
    @Option(
        names = "--status",
        paramLabel = "STATUS",
        split = ",",
        completionCandidates = DeliveryStatuses.class,
        description = {
          "Only this status: pending, held, waiting, blocked, delivered, exhausted, cancelled,"
              + " poisoned, or failed for exhausted and poisoned.",
          "If repeated or separated by commas, any of them."
        })
    private List<String> statuses = new ArrayList<>();

    @Option(names = "--endpoint", paramLabel = "ENDPOINT", description = SiteOptions.ONLY_ENDPOINT)
    private @Nullable String endpoint;

    @Option(names = "--event", paramLabel = "EVENT", description = "Only of this event.")
    private @Nullable String event;

    @Mixin private EventFilterOptions events = new EventFilterOptions();

    @Option(
        names = {"--code", "--status-code"},
        paramLabel = "CODE",
        description =
            "Only those whose last response had this HTTP status, such as 404, the latest attempt"
                + " first; or a class of them, such as 4xx.")
    private @Nullable String code;

    /** Returns a path with the filters that need no look-up in the catalogue. */
    private Path with(Path path) {
      return path.withAll("status", statuses)
          .with("endpoint", endpoint)
          .with("event", event)
          .with(code != null && code.endsWith("xx") ? "statusClass" : "statusCode", code);
    }
  }
}
