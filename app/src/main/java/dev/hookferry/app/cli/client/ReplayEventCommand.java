package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.option.SiteOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "replay-event",
    description = "Sends one event to the given endpoints, again or for the first time.")
public final class ReplayEventCommand implements Callable<Integer> {
  @Mixin private SiteOptions site = new SiteOptions();

  @Parameters(index = "0", paramLabel = "EVENT", description = "The event's id.")
  private String event = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "ENDPOINT",
      description = "The ids of the endpoints.")
  private List<String> endpoints = List.of();

  @Override
  public Integer call() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    endpoints.forEach(body.putArray("endpoints")::add);
    JsonNode answer = site.client().post(site.path("events", event, "replay"), body);
    if (site.json()) {
      site.print(answer);
      return ExitCode.DONE;
    }
    for (JsonNode delivery : answer.path("deliveries")) {
      String id = delivery.path("id").asText();
      String status = delivery.path("status").asText();
      site.line(id + " to " + delivery.path("endpoint").asText() + " is " + status);
    }
    return ExitCode.DONE;
  }
}
