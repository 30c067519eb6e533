package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.io.ArgumentValues;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.listing.AttemptLines;
import dev.hookferry.app.cli.listing.AttemptOutput;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.Candidates;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.OptionProblems;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.cli.option.TypesOption;
import dev.hookferry.app.cli.option.WindowOptions;
import dev.hookferry.app.client.Path;
import dev.hookferry.refusal.InvalidException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "log", description = "Lists delivery attempts, newest first.")
public final class LogCommand implements Callable<Integer> {
  private static final String TYPE = "EVENT TYPE";
  private static final String TYPE_FIELD = "eventType";
  private static final TableListing ATTEMPTS =
      attempts(beginning().column(TYPE, TYPE_FIELD))
          .text("URL", "url")
          .subject("DELIVERY", "delivery")
          .endpoint("ENDPOINT")
          .column("EVENT", "event")
          .text("ERROR", "error");

  /**
   * The terminal layout: the endpoint instead of its URL, no error that repeats the outcome, and an
   * event type that is shortened before other columns are dropped.
   */
  private static final TableListing FITTED_ATTEMPTS =
      attempts(beginning().text(TYPE, TYPE_FIELD))
          .target("ENDPOINT")
          .omitted("URL", LogCommand::url)
          .column("DELIVERY", "delivery")
          .column("EVENT", "event")
          .text("ERROR", LogCommand::error);

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
      split = ",",
      completionCandidates = Candidates.Outcomes.class,
      description = {
        "Only with this outcome, such as delivered, http_error or timeout, or failed for all but"
            + " delivered.",
        "If repeated or separated by commas, any of them."
      })
  private List<String> outcomes = new ArrayList<>();

  @Option(names = "--failed", description = "Only failed attempts; the same as --outcome failed.")
  private boolean failed;

  @Option(
      names = {"--code", "--status-code"},
      paramLabel = "CODE",
      description = "Only with this response status.")
  private @Nullable String statusCode;

  @Option(
      names = {"-f", "--follow"},
      description = "Shows existing attempts, oldest first, then new ones as they end.")
  private boolean follow;

  @Option(names = "--details", description = "Adds the timing and the response to each attempt.")
  private boolean details;

  @Override
  public Integer call() throws InterruptedException {
    OptionProblems problems = new OptionProblems();
    problems.check(() -> requireTable("--follow", follow));
    problems.check(() -> requireTable("--details", details));
    Integer unused = problems.read(limit::value);
    String since = problems.read(window::since);
    String until = problems.read(window::until);
    Path filtered =
        site.path("attempts")
            .with("delivery", delivery)
            .with("endpoint", endpoint)
            .withAll("outcome", failed ? List.of("failed") : outcomes)
            .with("statusCode", problems.read(this::statusCode))
            .with("until", until);
    problems.check(this::requireOneOutcome);
    Path path = types.checked(filtered, site, problems);
    AttemptOutput output = new AttemptOutput(site);
    if (follow) {
      new LogFollower(site, path, attempt -> show(attempt, output)).run(since, limit.value());
    } else if (details) {
      ATTEMPTS.showEach(site, path.with("since", since), limit.value(), output::details);
    } else {
      TableListing attempts = site.isFitted() ? FITTED_ATTEMPTS : ATTEMPTS;
      attempts.show(site, path.with("since", since), limit.value());
    }
    return ExitCode.DONE;
  }

  private static TableListing beginning() {
    return new TableListing("no attempts").time("TIME", "startedAt");
  }

  /** Adds the columns that both listings have after the type. */
  private static TableListing attempts(TableListing listing) {
    return listing
        .column("ATTEMPT", "number")
        .state("OUTCOME", AttemptLines::outcome)
        .column("MS", "durationMillis");
  }

  /** Returns the URL; empty if the endpoint has no uid, so that its column shows the URL. */
  private static String url(JsonNode attempt) {
    boolean isShown = attempt.path("endpoint").asText().startsWith("ep_");
    return isShown ? "" : TableListing.text(attempt.path("url"));
  }

  private static String error(JsonNode attempt) {
    String error = TableListing.text(attempt.path("error"));
    String status = TableListing.text(attempt.path("statusCode"));
    return error.equals("the receiver responded with " + status) ? "" : error;
  }

  private @Nullable Integer statusCode() {
    return statusCode == null ? null : ArgumentValues.whole("--code", statusCode, 100, 599);
  }

  private void requireOneOutcome() {
    if (failed && !outcomes.isEmpty()) {
      throw InvalidException.of("--failed", "must not be given with --outcome");
    }
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
