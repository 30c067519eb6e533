package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.text.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "system",
    description = "Shows the server's store, its backlog, and the nodes that are alive.")
public final class SystemCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Override
  public Integer call() {
    JsonNode system = server.client().get(Path.of("system"));
    if (server.json()) {
      server.print(system);
      return ExitCode.DONE;
    }
    Table facts = Table.of("FIELD", "VALUE");
    for (String name : new String[] {"store", "layout", "bytes", "pending", "oldestDue"}) {
      facts.row(name, TableListing.text(system.path(name)));
    }
    String off = system.path("deliveryOff").asText("");
    String delivery = system.path("delivery").asText();
    facts.row("delivery", off.isEmpty() ? delivery : delivery + ": " + off);
    server.table(facts);
    server.line("");
    faults(system.path("faults"));
    Table nodes = Table.of("NODE", "SINCE", "LAST HEARD");
    for (JsonNode node : system.path("nodes")) {
      nodes.row(
          node.path("name").asText(), node.path("since").asText(), node.path("heardAt").asText());
    }
    server.table(nodes);
    return ExitCode.DONE;
  }

  private void faults(JsonNode faults) {
    if (faults.isEmpty()) {
      return;
    }
    Table table = Table.of("FAILS", "TIMES", "SINCE", "LAST", "REASON");
    for (JsonNode fault : faults) {
      table.row(
          fault.path("kind").asText(),
          fault.path("count").asText(),
          fault.path("since").asText(),
          fault.path("at").asText(),
          fault.path("reason").asText());
    }
    server.table(table);
    server.line("");
  }
}
