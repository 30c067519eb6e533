package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.Confirmation;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.RejectedRows;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.client.Path;
import dev.hookferry.jdbc.outbox.OutboxDialect;
import dev.hookferry.jdbc.outbox.OutboxOptions;
import dev.hookferry.refusal.InvalidException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "outboxes",
    description = "Manages outboxes: tables whose rows the server publishes.",
    addMethodSubcommands = false)
public final class OutboxesCommand {
  private static final TableListing OUTBOXES =
      new TableListing("this server relays no outboxes")
          .column("NAME", "name")
          .state("STATE", "state")
          .column("PENDING", node -> known(node.path("pending")))
          .time("OLDEST", "oldestAt")
          .column("REJECTED", node -> known(node.path("rejected")))
          .column("TABLE", "table")
          .text("DATABASE", "database")
          .text("PROBLEM", "problem");
  private static final TableListing REJECTED =
      new TableListing("no rejected rows")
          .column("ID", "id")
          .column("EVENT", "eventId")
          .column("SITE", "site")
          .column("TYPE", "type")
          .time("REJECTED", "rejectedAt")
          .text("REASON", "reason");

  private static String known(JsonNode number) {
    return number.isNull() ? "?" : number.asText();
  }

  @Command(name = "list", description = "Lists outboxes; with a name, its rejected rows.")
  int list(
      @Mixin ServerOptions server,
      @Mixin LimitOption limit,
      @Parameters(
              paramLabel = "OUTBOX",
              arity = "0..1",
              description = "The outbox whose rejected rows to list, newest first.")
          @Nullable String outbox) {
    if (outbox == null) {
      OUTBOXES.showAll(server, Path.of("outboxes"));
    } else {
      REJECTED.show(server, Path.of("outboxes", outbox, "rejected"), limit.value());
    }
    return ExitCode.DONE;
  }

  @Command(name = "retry", description = "Moves rejected rows back into the outbox.")
  int retry(@Mixin ServerOptions server, @Mixin RejectedRows rows) {
    JsonNode done =
        server.client().post(Path.of("outboxes", rows.outbox(), "retry"), rows.selection());
    int moved = done.path("retried").asInt();
    rows.requireFound(moved);
    server.result(
        done, RejectedRows.number(moved) + " moved back into the outbox " + rows.outbox());
    return ExitCode.DONE;
  }

  @Command(name = "discard", description = "Deletes rejected rows; their events are never sent.")
  int discard(
      @Mixin ServerOptions server, @Mixin Confirmation confirmation, @Mixin RejectedRows rows) {
    ObjectNode selection = rows.selection();
    if (rows.all()) {
      // Read before the prompt, so that rows rejected while it is open are kept.
      Path newest = Path.of("outboxes", rows.outbox(), "rejected").with("limit", 1);
      selection.put("newest", server.client().get(newest).at("/data/0/id").asText("0"));
    }
    confirmation.require(server, () -> "Delete " + rows.text() + "?");
    JsonNode done = server.client().post(Path.of("outboxes", rows.outbox(), "discard"), selection);
    int deleted = done.path("discarded").asInt();
    rows.requireFound(deleted);
    server.result(
        done, RejectedRows.number(deleted) + " of the outbox " + rows.outbox() + " deleted");
    return ExitCode.DONE;
  }

  @Command(name = "ddl", description = "Prints the SQL script that creates an outbox's tables.")
  int ddl(
      @Mixin OutputOptions output,
      @Option(
              names = "--dialect",
              required = true,
              paramLabel = "DIALECT",
              description = "postgresql, mariadb, mysql, h2, sqlite, oracle or sqlserver.")
          String dialect,
      @Option(
              names = "--notify",
              description = "Adds the trigger that wakes listening relays (PostgreSQL).")
          boolean notify) {
    OutboxDialect chosen =
        OutboxDialect.ofWord(dialect)
            .orElseThrow(
                () ->
                    InvalidException.of(
                        "--dialect", "must be one of " + dialects() + " (got " + dialect + ")"));
    String script = chosen.ddl() + (notify ? trigger(chosen) : "");
    if (output.json()) {
      output.print(
          JsonNodeFactory.instance.objectNode().put("dialect", dialect).put("script", script));
    } else {
      script.lines().forEach(output::line);
    }
    return ExitCode.DONE;
  }

  private static String trigger(OutboxDialect dialect) {
    return dialect
        .notifyDdl(OutboxOptions.TABLE)
        .orElseThrow(
            () ->
                InvalidException.of(
                    "--notify", "works with --dialect postgresql only; elsewhere relays poll"));
  }

  private static String dialects() {
    return Stream.of(OutboxDialect.values())
        .map(OutboxDialect::word)
        .collect(Collectors.joining(", "));
  }
}
