package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.Confirmation;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.listing.FieldLines;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.SiteOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "replays",
    description = "Resends past deliveries in the background.",
    subcommands = StartReplayCommand.class,
    addMethodSubcommands = false)
public final class ReplaysCommand {
  private static final String ID = "The replay's id, from replays list.";
  private static final TableListing REPLAYS =
      new TableListing("no replays")
          .column("ID", "id")
          .state("STATE", "state")
          .column("SENT", "sent")
          .column("OF", node -> node.hasNonNull("expected") ? node.path("expected").asText() : "?")
          .column("SKIPPED", "skipped")
          .column("RATE", "rate")
          .time("STARTED", "startedAt");

  @Command(name = "list", description = "Lists replays with their progress, newest first.")
  int list(@Mixin SiteOptions site, @Mixin LimitOption limit) {
    REPLAYS.show(site, site.path("replay-jobs"), limit.value());
    return ExitCode.DONE;
  }

  @Command(name = "show", description = "Shows a replay with its progress.")
  int show(
      @Mixin SiteOptions site,
      @Parameters(paramLabel = "REPLAY", description = ID) String id,
      @Option(names = "--wait", description = "Waits for its end and shows the progress.")
          boolean wait)
      throws InterruptedException {
    if (wait) {
      return ExitCode.of(new ReplayWatch(site).await(id));
    }
    JsonNode replay = site.client().get(site.path("replay-jobs", id));
    FieldLines.show(site, site.json() ? replay : brief(TableListing.named(site, replay)));
    return ExitCode.DONE;
  }

  /** Removes {@code status} if {@code statuses} covers it, and {@code missing} if it is false. */
  private static JsonNode brief(JsonNode replay) {
    ObjectNode brief = replay.deepCopy();
    if (!replay.path("statuses").isEmpty()) {
      brief.remove("status");
    }
    if (!replay.path("missing").asBoolean()) {
      brief.remove("missing");
    }
    return brief;
  }

  @Command(name = "pause", description = "Pauses a replay.")
  int pause(
      @Mixin SiteOptions site, @Parameters(paramLabel = "REPLAY", description = ID) String id) {
    return verb(site, id, "pause");
  }

  @Command(name = "resume", description = "Resumes a replay.")
  int resume(
      @Mixin SiteOptions site, @Parameters(paramLabel = "REPLAY", description = ID) String id) {
    return verb(site, id, "resume");
  }

  @Command(name = "cancel", description = "Cancels a replay; deliveries already sent stay sent.")
  int cancel(
      @Mixin SiteOptions site,
      @Mixin Confirmation question,
      @Parameters(paramLabel = "REPLAY", description = ID) String id) {
    question.require(site, () -> "Cancel " + id + "? Deliveries not sent yet will not be sent.");
    return verb(site, id, "cancel");
  }

  private static int verb(SiteOptions site, String id, String verb) {
    JsonNode job = site.client().post(site.path("replay-jobs", id, verb), (JsonNode) null);
    site.result(job, id + " is " + job.path("state").asText());
    return ExitCode.DONE;
  }
}
