package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.delivery.ResentDeliveries;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.listing.FieldLines;
import dev.hookferry.app.cli.listing.ReasonText;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.EventFilterOptions;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.OptionProblems;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.cli.option.WindowOptions;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.text.Table;
import dev.hookferry.app.text.TableColumn;
import dev.hookferry.refusal.InvalidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "events",
    description = {
      "Shows and resends published events.",
      "To resend the failed deliveries of a period, see replays start (alias: events replay)."
    },
    addMethodSubcommands = false)
public final class EventsCommand {
  private static final TableListing EVENTS =
      new TableListing("no events")
          .column("ID", "id")
          .column("EVENT TYPE", "type")
          .time("ACCEPTED", "acceptedAt")
          .text("LABELS", event -> pairs(event.path("labels")))
          .text("FIELDS", event -> pairs(event.path("searchFields")));

  private static final TableListing ROUTING =
      new TableListing("no endpoints")
          .endpoint("ENDPOINT")
          .text("URL", "url")
          .column("OUTCOME", EventsCommand::outcome)
          .state("STATUS", "status")
          .column("DELIVERY", "delivery")
          .text("REASON", "reason");

  private static final TableListing EVENT_DELIVERIES =
      new TableListing("no deliveries")
          .column("DELIVERY", "id")
          .state("STATUS", "status")
          .endpoint("ENDPOINT")
          .column("ATTEMPTS", "attempts")
          .text("REASON", ReasonText::of);

  private static String pairs(JsonNode values) {
    return values.properties().stream()
        .map(pair -> pair.getKey() + "=" + pair.getValue().asText())
        .collect(Collectors.joining(" "));
  }

  @Command(name = "list", description = "Lists events, newest first.")
  int list(
      @Mixin SiteOptions site,
      @Mixin LimitOption limit,
      @Mixin WindowOptions window,
      @Mixin EventFilterOptions filter,
      @Option(
              names = "--label",
              paramLabel = "NAME=VALUE",
              description = "Only with this label; if repeated, with all of them.")
          @Nullable List<String> labels) {
    OptionProblems problems = new OptionProblems();
    Integer unused = problems.read(limit::value);
    Path period = window.with(site.path("events"), problems);
    Path labelled = EventFilterOptions.withPairs(period, "label", labels, problems);
    EVENTS.show(site, filter.checked(labelled, site, problems), limit.value());
    return ExitCode.DONE;
  }

  @Command(
      name = "find",
      description = {
        "Finds an event by its id or a delivery's id, or events by a text in their data.",
        "Looks up the site's searchFields in an index of all events. Otherwise reads the newest"
            + " ones, one by one. Fails if none is found."
      })
  int find(
      @Mixin SiteOptions site,
      @Mixin WindowOptions window,
      @Parameters(
              paramLabel = "TEXT",
              arity = "0..1",
              description =
                  "An id; part of a value; or a field and part of its value, such as"
                      + " ActivationKey=HF4T0.")
          @Nullable String text,
      @Mixin EventFilterOptions filter,
      @Option(
              names = "--limit",
              paramLabel = "N",
              description = "How many events to read at most: 1 to 100000 (default: 1000).")
          @Nullable String most) {
    OptionProblems problems = new OptionProblems();
    Integer read = problems.read(() -> LimitOption.read(most == null ? "1000" : most));
    problems.check(() -> requireText(text, filter));
    Path period = window.with(site.path("events"), problems);
    Path events = filter.checked(period, site, problems);
    int limit = Objects.requireNonNull(read, "limit");
    if (text == null) {
      ObjectNode listed = TableListing.fetch(site.client(), events, limit);
      EVENTS.show(site, listed);
      return ExitCode.of(!listed.path("data").isEmpty());
    }
    ObjectNode found = new EventFinder(site, text).find(text, events, limit);
    show(site, found);
    return ExitCode.of(!found.path("data").isEmpty());
  }

  private static void requireText(@Nullable String text, EventFilterOptions filter) {
    if ((text == null) != filter.hasFields()) {
      throw InvalidException.of("", "needs a text, or --field instead of it");
    }
  }

  private static void show(SiteOptions site, ObjectNode found) {
    JsonNode hits = found.path("data");
    if (site.json()) {
      site.print(found);
    } else if (site.csv() || !hits.isEmpty()) {
      site.table(found(hits));
    }
    int read = found.path("read").asInt();
    if (found.path("more").asBoolean()) {
      site.note(
          read == 0
              ? TableListing.MORE
              : (read == 1
                      ? "only the newest event was"
                      : "only the newest " + read + " events were")
                  + " read; use --limit, --until or --type to read others");
    } else if (hits.isEmpty()) {
      site.note("found nothing; read " + (read == 1 ? "1 event" : read + " events"));
    }
  }

  private static Table found(JsonNode hits) {
    Table table =
        Table.of(
            List.of(
                TableColumn.plain("ID"),
                TableColumn.plain("EVENT TYPE"),
                new TableColumn("ACCEPTED", TableColumn.Kind.TIME),
                new TableColumn("FOUND IN", TableColumn.Kind.TEXT)));
    for (JsonNode hit : hits) {
      table.row(
          hit.path("id").asText(),
          hit.path("type").asText(),
          hit.path("acceptedAt").asText(),
          hit.path("found").asText());
    }
    return table;
  }

  @Command(name = "show", description = "Shows an event with its deliveries.")
  int show(
      @Mixin SiteOptions site,
      @Parameters(paramLabel = "EVENT", description = "The event's id.") String id) {
    JsonNode event = site.client().get(site.path("events", id));
    if (site.json()) {
      site.print(event);
      return ExitCode.DONE;
    }
    ObjectNode fields = event.deepCopy();
    JsonNode payload = fields.remove("payload");
    FieldLines.show(site, fields.without("deliveries"));
    if (payload != null) {
      FieldLines.json(site, "Payload", payload);
    }
    if (!event.path("deliveries").isEmpty()) {
      site.line("");
      EVENT_DELIVERIES.showPart(site, event.path("deliveries"));
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "routing",
      description = "Shows which endpoints got an event, and why the others did not.")
  int routing(
      @Mixin SiteOptions site,
      @Mixin LimitOption limit,
      @Parameters(paramLabel = "EVENT", description = "The event's id.") String id) {
    ROUTING.show(site, site.path("events", id, "routing"), limit.value());
    return ExitCode.DONE;
  }

  @Command(
      name = "resend",
      description = {
        "Sends one event to the given endpoints, again or for the first time.",
        "Waits up to 5 s for the attempts; fails if one fails, or if a delivery ends without one."
      })
  int resend(
      @Mixin SiteOptions site,
      @Parameters(index = "0", paramLabel = "EVENT", description = "The event's id.") String id,
      @Parameters(
              index = "1..*",
              arity = "0..*",
              paramLabel = "ENDPOINT",
              description = "The ids or uids of the endpoints.")
          @Nullable List<String> given,
      @Option(
              names = "--to",
              paramLabel = "ENDPOINT",
              split = ",",
              description = "An endpoint, as an option; comma-separated or repeated.")
          @Nullable List<String> to)
      throws InterruptedException {
    List<String> endpoints = new ArrayList<>();
    if (given != null) {
      endpoints.addAll(given);
    }
    if (to != null) {
      endpoints.addAll(to);
    }
    if (endpoints.isEmpty()) {
      throw site.usage(
          "ENDPOINT is required: the ids or uids of the endpoints, such as crm; "
              + site.suggested("events routing " + id)
              + " shows which got it");
    }
    ResentDeliveries resent = ResentDeliveries.of(site, id);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    endpoints.forEach(body.putArray("endpoints")::add);
    JsonNode reply = site.client().post(site.path("events", id, "replay"), body);
    if (site.json()) {
      site.print(reply);
    }
    return ExitCode.of(resent.show(reply.path("deliveries")));
  }

  /**
   * Returns the outcome to display. The API reports {@code delivered} for any endpoint that has a
   * delivery, even an exhausted one.
   */
  private static Object outcome(JsonNode routing) {
    String outcome = routing.path("outcome").asText();
    return outcome.equals("delivered") ? "routed" : outcome.replace('_', ' ');
  }
}
