package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.option.SiteOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "retry",
    description = "Schedules one extra attempt now, whatever the delivery's status.")
public final class RetryCommand implements Callable<Integer> {
  @Mixin private SiteOptions site = new SiteOptions();

  @Parameters(paramLabel = "DELIVERY", description = "The delivery's id.")
  private String delivery = "";

  @Override
  public Integer call() {
    JsonNode after =
        site.client().post(site.path("deliveries", delivery, "retry"), (JsonNode) null);
    site.result(after, delivery + " is " + after.path("status").asText() + " and due now");
    return ExitCode.DONE;
  }
}
