package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.option.SiteOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "Cancels a pending delivery.")
public final class CancelCommand implements Callable<Integer> {
  @Mixin private SiteOptions site = new SiteOptions();

  @Parameters(paramLabel = "DELIVERY", description = "The delivery's id.")
  private String delivery = "";

  @Override
  public Integer call() {
    JsonNode after =
        site.client().post(site.path("deliveries", delivery, "cancel"), (JsonNode) null);
    String status = after.path("status").asText();
    site.result(
        after,
        status.equals("cancelled")
            ? delivery + " is cancelled"
            : delivery + " has an attempt in flight; it is cancelled if that attempt fails");
    return ExitCode.DONE;
  }
}
