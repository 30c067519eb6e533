package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.listing.FieldLines;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.text.RelativeTime;
import dev.hookferry.app.text.Table;
import dev.hookferry.http.console.text.ByteCount;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "system",
    description =
        "Shows the server's version, its store and backlog, and the nodes that are alive.")
public final class SystemCommand implements Callable<Integer> {
  private static final Map<String, String> FIELDS = fields();
  private static final TableListing FAULTS =
      new TableListing("no failures")
          .column("FAILURE", "kind")
          .column("TIMES", "count")
          .time("SINCE", "since")
          .time("LAST", "at")
          .text("REASON", "reason");
  private static final TableListing EGRESSES =
      new TableListing("no egresses")
          .column("EGRESS", "name")
          .column("WORKING", "working")
          .column("FAILURES", "failures")
          .column("REFUSALS", "refusals")
          .time("LAST", "failedAt")
          .text("REASON", "lastFailure");
  private static final TableListing NODES =
      new TableListing("no nodes")
          .column("NODE", "name")
          .time("SINCE", "since")
          .time("LAST HEARD", "heardAt");

  @Mixin private ServerOptions server = new ServerOptions();

  @Override
  public Integer call() {
    JsonNode system = server.client().get(Path.of("system"));
    if (server.json()) {
      server.print(system);
      return ExitCode.DONE;
    }
    server.table(summary(system));
    server.line("");
    if (!system.path("faults").isEmpty()) {
      server.table(FAULTS.table(system.path("faults")));
      server.line("");
    }
    if (!system.path("egresses").isEmpty()) {
      server.table(EGRESSES.table(system.path("egresses")));
      server.line("");
    }
    server.table(NODES.table(system.path("nodes")));
    return ExitCode.DONE;
  }

  /** Returns the response fields, by row label. */
  private static Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Version", "version");
    fields.put("Store", "store");
    fields.put("Layout", "layout");
    fields.put("Size", "bytes");
    fields.put("Pending", "pending");
    return fields;
  }

  private static String text(String field, JsonNode value) {
    String text = TableListing.text(value);
    return field.equals("bytes") && value.isNumber()
        ? ByteCount.text(value.asLong())
        : text.isEmpty() ? "none" : text;
  }

  /** Adds the time when the next delivery is due, or since when the oldest one is overdue. */
  private static void due(Table summary, String oldestDue) {
    if (oldestDue.isEmpty()) {
      summary.row("Next due", "none");
      return;
    }
    Instant now = InstantSource.system().instant();
    String text = oldestDue + " (" + RelativeTime.of(oldestDue, now) + ")";
    summary.row(Instant.parse(oldestDue).isAfter(now) ? "Next due" : "Overdue since", text);
  }

  static Table summary(JsonNode system) {
    Table summary = FieldLines.table();
    FIELDS.forEach((name, field) -> summary.row(name, text(field, system.path(field))));
    due(summary, TableListing.text(system.path("oldestDue")));
    String off = system.path("deliveryOff").asText("");
    String delivery = system.path("delivery").asText();
    return summary.row("Delivery", off.isEmpty() ? delivery : delivery + ": " + off);
  }
}
