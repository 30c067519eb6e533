package dev.hookferry.app.cli.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.cli.io.Confirmation;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.SiteOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "blocked-keys",
    description = "Lists and unblocks ordering keys that an exhausted delivery blocks.",
    addMethodSubcommands = false)
public final class BlockedKeysCommand {
  private static final String ID = "The endpoint's id or uid, from endpoints list.";
  private static final String KEY = "The ordering key, from blocked-keys list.";
  private static final TableListing BLOCKED =
      new TableListing("no blocked keys")
          .column("ORDERING KEY", "orderingKey")
          .time("BLOCKED", "blockedAt")
          .column("WAITING", "waiting")
          .column("ATTEMPTS", "attempts")
          .column("EVENT TYPE", "eventType")
          .column("DELIVERY", "delivery")
          .column("EVENT", "event");

  @Command(name = "list", description = "Lists the blocked keys of an endpoint, newest first.")
  int list(
      @Mixin SiteOptions site,
      @Mixin LimitOption limit,
      @Parameters(paramLabel = "ENDPOINT", description = ID) String id) {
    BLOCKED.show(site, site.path("endpoints", id, "blocked-keys"), limit.value());
    return ExitCode.DONE;
  }

  @Command(
      name = "retry",
      description = "Retries the delivery that blocks a key; if it succeeds, the key is unblocked.")
  int retry(
      @Mixin SiteOptions site,
      @Parameters(paramLabel = "ENDPOINT", description = ID) String id,
      @Parameters(paramLabel = "KEY", description = KEY) String key) {
    return decide(site, id, key, "retry", "scheduled a retry of ");
  }

  @Command(
      name = "skip",
      description = "Ends the delivery that blocks a key as exhausted; the next one is sent.")
  int skip(
      @Mixin SiteOptions site,
      @Mixin Confirmation question,
      @Parameters(paramLabel = "ENDPOINT", description = ID) String id,
      @Parameters(paramLabel = "KEY", description = KEY) String key) {
    question.require(
        site,
        () ->
            "Skip the delivery that blocks "
                + key
                + "? It becomes exhausted, and the next one is sent.");
    return decide(site, id, key, "skip", "skipped ");
  }

  private static int decide(SiteOptions site, String id, String key, String verb, String done) {
    JsonNode body = JsonNodeFactory.instance.objectNode().put("orderingKey", key);
    JsonNode delivery = site.client().post(site.path("endpoints", id, "blocked-keys", verb), body);
    site.result(delivery, done + delivery.path("id").asText());
    return ExitCode.DONE;
  }
}
