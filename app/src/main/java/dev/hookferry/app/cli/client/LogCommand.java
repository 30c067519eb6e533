package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.listing.AttemptLines;
import dev.hookferry.app.cli.listing.AttemptOutput;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.Candidates;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.cli.option.TypesOption;
import dev.hookferry.app.cli.option.WindowOptions;
import dev.hookferry.app.client.Path;
import dev.hookferry.refusal.InvalidException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "log", description = "Lists delivery attempts, newest first.")
public final class LogCommand implements Callable<Integer> {
  private static final TableListing ATTEMPTS =
      new TableListing("no attempts")
          .time("TIME", "startedAt")
          .column("EVENT TYPE", "eventType")
          .column("ATTEMPT", "number")
          .state("OUTCOME", AttemptLines::outcome)
          .column("MS", "durationMillis")
          .text("URL", "url")
          .column("DELIVERY", "delivery")
          .endpoint("ENDPOINT")
          .column("EVENT", "event")
          .text("ERROR", "error");

  @Mixin private SiteOptions site = new SiteOptions();
  @Mixin private WindowOptions window = new WindowOptions();
  @Mixin private LimitOption limit = new LimitOption();
  @Mixin private TypesOption types = new TypesOption();

  @Option(names = "--delivery", paramLabel = "DELIVERY", description = "Only of this delivery.")
  private @Nullable String delivery;

  @Option(names = "--endpoint", paramLabel = "ENDPOINT", description = SiteOptions.ONLY_ENDPOINT)
  private @Nullable String endpoint;

  @Option(
      names = "--outcome",
      paramLabel = "OUTCOME",
      completionCandidates = Candidates.Outcomes.class,
      description = "Only with this outcome, such as delivered, http_error or timeout.")
  private @Nullable String outcome;

  @Option(
      names = {"--code", "--status-code"},
      paramLabel = "CODE",
      description = "Only with this response status.")
  private @Nullable Integer statusCode;

  @Option(
      names = {"-f", "--follow"},
      description = "Shows existing attempts, oldest first, then new ones as they end.")
  private boolean follow;

  @Option(names = "--details", description = "Adds the timing and the response to each attempt.")
  private boolean details;

  @Override
  public Integer call() throws InterruptedException {
    requireTable("--follow", follow);
    requireTable("--details", details);
    AttemptOutput output = new AttemptOutput(site);
    Path path =
        types
            .with(site.path("attempts"), site)
            .with("delivery", delivery)
            .with("endpoint", endpoint)
            .with("outcome", outcome)
            .with("statusCode", statusCode)
            .with("until", window.until());
    if (follow) {
      new LogFollower(site, path, attempt -> show(attempt, output))
          .run(window.since(), limit.value());
    } else if (details) {
      Path since = path.with("since", window.since());
      ATTEMPTS.showEach(site, since, limit.value(), output::details);
    } else {
      ATTEMPTS.show(site, path.with("since", window.since()), limit.value());
    }
    return ExitCode.DONE;
  }

  private void requireTable(String option, boolean given) {
    if (given && site.csv()) {
      throw InvalidException.of(option, "must not be given with -o csv; use -o json");
    }
  }

  /** Prints one attempt in follow mode. */
  private void show(JsonNode attempt, AttemptOutput output) {
    if (site.json()) {
      site.out().println(attempt);
    } else if (details) {
      output.details(attempt);
    } else {
      output.line(attempt);
    }
    site.out().flush();
  }
}
