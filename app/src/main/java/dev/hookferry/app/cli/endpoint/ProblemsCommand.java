package dev.hookferry.app.cli.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.client.Path;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "problems",
    description = "Lists failures by endpoint and cause, and acknowledges or mutes them.",
    addMethodSubcommands = false)
public final class ProblemsCommand {
  private static final Duration MAX_MUTE = Duration.ofDays(90);
  private static final String ID = "The endpoint's id or uid, from problems list.";
  private static final TableListing PROBLEMS =
      new TableListing("no problems")
          .state("STATUS", "status")
          .subjectEndpoint("ENDPOINT")
          .column("CAUSE", "cause")
          .time("SINCE", "since")
          .column("FAILURES", "failureCount")
          .column("WAITING", "waiting")
          .text("NAME", "description")
          .text("URL", "url");

  @Command(name = "list", description = "Lists problems, newest endpoint first.")
  int list(
      @Mixin SiteOptions site,
      @Mixin LimitOption limit,
      @Option(
              names = "--status",
              paramLabel = "STATUS",
              description = "Only problems with this status: open, acknowledged or muted.")
          @Nullable String status,
      @Option(
              names = "--endpoint",
              paramLabel = "ENDPOINT",
              description = "Only problems of this endpoint: its id or uid.")
          @Nullable String endpoint) {
    Path path = site.path("problems").with("problemStatus", status).with("endpoint", endpoint);
    PROBLEMS.show(site, path, limit.value());
    return ExitCode.DONE;
  }

  @Command(
      name = "acknowledge",
      description = "Marks a cause as known until the endpoint's next success.")
  int acknowledge(
      @Mixin SiteOptions site,
      @Parameters(paramLabel = "ENDPOINT", description = ID) String id,
      @Parameters(
              paramLabel = "CAUSE",
              description = "The cause, such as connect_error, as problems list shows it.")
          String cause) {
    JsonNode body = JsonNodeFactory.instance.objectNode().put("cause", cause);
    JsonNode note = site.client().post(site.path("problems", id, "acknowledge"), body);
    site.result(note, "acknowledged " + cause + " of " + id);
    return ExitCode.DONE;
  }

  @Command(name = "mute", description = "Mutes the problems of an endpoint for a time.")
  int mute(
      @Mixin SiteOptions site,
      @Parameters(paramLabel = "ENDPOINT", description = ID) String id,
      @Option(
              names = "--for",
              paramLabel = "TIME",
              defaultValue = "1d",
              description = "How long, such as 8h or 7d (default: 1d, at most 90d).")
          Duration length) {
    if (length.isZero()) {
      throw InvalidException.of("--for", "must be longer than 0s");
    }
    if (length.compareTo(MAX_MUTE) > 0) {
      throw InvalidException.of("--for", "must be at most " + MAX_MUTE.toDays() + "d");
    }
    Instant until = InstantSource.system().instant().plus(length).truncatedTo(ChronoUnit.SECONDS);
    JsonNode body = JsonNodeFactory.instance.objectNode().put("until", until.toString());
    JsonNode note = site.client().post(site.path("problems", id, "mute"), body);
    site.result(note, "muted the problems of " + id + " until " + note.path("until").asText());
    return ExitCode.DONE;
  }

  @Command(name = "unmute", description = "Ends the mute of an endpoint's problems.")
  int unmute(
      @Mixin SiteOptions site, @Parameters(paramLabel = "ENDPOINT", description = ID) String id) {
    JsonNode unused = site.client().post(site.path("problems", id, "unmute"), (JsonNode) null);
    site.result(
        JsonNodeFactory.instance.objectNode().put("unmuted", id), "unmuted the problems of " + id);
    return ExitCode.DONE;
  }
}
