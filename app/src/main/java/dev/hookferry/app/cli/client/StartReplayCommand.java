package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.ArgumentValues;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.option.EventFilterOptions;
import dev.hookferry.app.cli.option.OptionProblems;
import dev.hookferry.app.cli.option.ReplayPeriod;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.text.Table;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "start",
    description = {
      "Resends the failed deliveries of a period, with the same webhook-id.",
      "Counts them by status first, then asks before sending; --yes skips the question, --dry-run"
          + " only counts. The server sends them in the background; replays list shows the"
          + " progress. If there is nothing to send, it starts nothing, and -o json prints only a"
          + " count of 0."
    })
public final class StartReplayCommand implements Callable<Integer> {
  /** Client timeout: replaying a large period takes long. */
  private static final Duration MAX_TIME = Duration.ofMinutes(10);

  private static final int MAX_RATE = 1_000;
  private static final String NOTHING = "nothing to replay";
  private static final String DELIVERED = "delivered";
  private static final String COUNT = "count";
  private static final List<String> FAILED = List.of("exhausted", "poisoned");
  private static final List<String> RETRYABLE =
      List.of("exhausted", "cancelled", "poisoned", "pending", DELIVERED);

  @Mixin private SiteOptions site = new SiteOptions();
  @Mixin private ReplayPeriod window = new ReplayPeriod();
  @Mixin private EventFilterOptions events = new EventFilterOptions();

  @Option(names = "--endpoint", paramLabel = "ENDPOINT", description = SiteOptions.ONLY_ENDPOINT)
  private @Nullable String endpoint;

  @Option(names = "--event", paramLabel = "EVENT", description = "Only of this event.")
  private @Nullable String event;

  @Option(
      names = {"--code", "--status-code"},
      paramLabel = "CODE",
      description = "Only those whose last response had this HTTP status: 100 to 599.")
  private @Nullable String code;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description =
          "exhausted, cancelled, poisoned, delivered, or pending to retry now (default: failed,"
              + " that is exhausted and poisoned).")
  private @Nullable String status;

  @Option(
      names = "--missing",
      description =
          "Instead of past deliveries, sends the events that --endpoint never got and would get if"
              + " they were published now, such as those from before it was created.")
  private boolean missing;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "At most N deliveries per second, 1 to 1000 (default: 10).")
  private @Nullable String rate;

  @Option(
      names = "--wait",
      description = "Waits until all deliveries are scheduled again, and shows the progress.")
  private boolean wait;

  @Option(
      names = "--dry-run",
      description = "Only counts what would be sent, even if --yes is given.")
  private boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "Sends without asking; required where there is no terminal.")
  private boolean yes;

  @Override
  public Integer call() throws InterruptedException {
    OptionProblems problems = new OptionProblems();
    List<String> words = problems.read(this::chosen);
    Integer unused =
        problems.read(
            () -> rate == null ? null : ArgumentValues.whole("--rate", rate, 1, MAX_RATE));
    problems.check(this::requireAgreement);
    List<String> chosen = words == null ? FAILED : words;
    ObjectNode wanted = requestBody(problems, chosen);
    if (yes && !dryRun) {
      boolean isEmpty = counted(wanted, chosen).path(COUNT).asLong() == 0;
      return isEmpty ? nothing() : send(wanted, chosen);
    }
    if (missing) {
      return askAboutMissing(wanted);
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    RETRYABLE.forEach(word -> counts.put(word, count(wanted, word)));
    long total = chosen.stream().mapToLong(word -> counts.getOrDefault(word, 0L)).sum();
    if (site.json()) {
      site.print(preview(counts, total));
      return ExitCode.DONE;
    }
    Table table = Table.of("STATUS", "DELIVERIES", "REPLAYED");
    counts.forEach((word, n) -> table.row(word, n, chosen.contains(word) ? "yes" : "no"));
    site.table(table);
    if (total == 0) {
      site.line(NOTHING);
      return ExitCode.DONE;
    }
    if (chosen.contains(DELIVERED)) {
      site.warn(
          "the selection includes delivered deliveries; their receivers would get them again");
    }
    return ask(deliveries(total), wanted, chosen);
  }

  /** Reports that there is nothing to send, instead of starting an empty replay. */
  private int nothing() {
    site.result(JsonNodeFactory.instance.objectNode().put(COUNT, 0), NOTHING);
    return ExitCode.DONE;
  }

  private void requireAgreement() {
    if (!yes && !dryRun && !site.terminal().isInteractive()) {
      throw InvalidException.of(
          "--yes", "is required: there is no terminal to ask; --dry-run only counts");
    }
  }

  private int askAboutMissing(ObjectNode wanted) throws InterruptedException {
    JsonNode counted = counted(wanted, List.of());
    long total = counted.path(COUNT).asLong();
    if (site.json()) {
      site.print(preview(Map.of(), total));
      return ExitCode.DONE;
    }
    if (total == 0) {
      site.line("nothing to send: the endpoint already has every matching event of this period");
      return ExitCode.DONE;
    }
    String least = counted.path("more").asBoolean() ? "more than " : "";
    String events = least + total + (total == 1 ? " event" : " events");
    return ask(events + " that the endpoint never got", wanted, List.of());
  }

  private int ask(String what, ObjectNode wanted, List<String> chosen) throws InterruptedException {
    if (dryRun) {
      site.line(what + " would be replayed");
      return ExitCode.DONE;
    }
    if (!site.terminal().agrees("Replay " + what + "?")) {
      throw new CommandFailure("nothing was sent");
    }
    return send(wanted, chosen);
  }

  private List<String> chosen() {
    if (missing && (endpoint == null || status != null)) {
      throw InvalidException.of(
          "--missing",
          endpoint == null ? "requires --endpoint" : "must not be given with --status");
    }
    if (status == null || status.equals("failed")) {
      return FAILED;
    }
    if (!RETRYABLE.contains(status)) {
      throw InvalidException.of(
          "--status",
          "must be failed, exhausted, cancelled, poisoned, pending or delivered (got "
              + status
              + ")"
              + Nearest.hint(status, RETRYABLE));
    }
    return List.of(status);
  }

  /**
   * Returns the fields of a request.
   *
   * @throws InvalidException with all problems, including those that the server reports
   */
  private ObjectNode requestBody(OptionProblems problems, List<String> chosen) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    String since = problems.read(window::since);
    put(body, "since", since);
    put(body, "until", problems.read(window::until));
    put(body, "endpoint", endpoint);
    put(body, "event", event);
    Integer wanted =
        problems.read(() -> code == null ? null : ArgumentValues.whole("--code", code, 100, 599));
    if (wanted != null) {
      body.put("statusCode", wanted);
    }
    if (isMissing()) {
      body.put("missing", true);
    }
    events.addTo(body, site, problems);
    if (since == null) {
      problems.throwIfAny();
    }
    problems.throwIfAny(() -> counted(body, chosen));
    if (event != null) {
      // Fails if the event does not exist; the server would just count 0 deliveries.
      JsonNode unused = site.client().get(site.path("events", event));
    }
    return body;
  }

  /** Returns whether missing events are wanted; false without an endpoint, reported elsewhere. */
  private boolean isMissing() {
    return missing && endpoint != null;
  }

  private long count(ObjectNode wanted, String word) {
    ObjectNode body = wanted.deepCopy().put("status", word).put("dryRun", true);
    return replay(body).path(COUNT).asLong();
  }

  private int send(ObjectNode wanted, List<String> chosen) throws InterruptedException {
    ObjectNode body = wanted.deepCopy();
    if (!missing) {
      chosen.forEach(body.putArray("statuses")::add);
    }
    if (rate != null) {
      body.put("rate", Integer.valueOf(rate));
    }
    JsonNode job = site.client().waiting(MAX_TIME).post(site.path("replay-jobs"), body);
    String id = job.path("id").asText();
    if (wait) {
      return ExitCode.of(new ReplayWatch(site).await(id));
    }
    boolean isEmpty = job.path("expected").isNumber() && job.path("expected").asLong() == 0;
    site.result(job, isEmpty ? NOTHING : started(id, job));
    return ExitCode.DONE;
  }

  private String started(String id, JsonNode job) {
    JsonNode expected = job.path("expected");
    return "started %s: %s at up to %s per second; watch it with %s"
        .formatted(
            id,
            expected.isNumber() ? deliveries(expected.asLong()) : "deliveries",
            job.path("rate").asText(),
            site.suggested("replays show " + id + " --wait"));
  }

  /** Returns the server's count of what a replay would send. */
  private JsonNode counted(ObjectNode body, List<String> chosen) {
    if (isMissing()) {
      return site.client().waiting(MAX_TIME).post(site.path("replay-jobs", "preview"), body);
    }
    ObjectNode counting = body.deepCopy().put("dryRun", true);
    chosen.forEach(counting.putArray("statuses")::add);
    return replay(counting);
  }

  private JsonNode replay(ObjectNode body) {
    return site.client().waiting(MAX_TIME).post(site.path("replays"), body);
  }

  private static ObjectNode preview(Map<String, Long> counts, long total) {
    ObjectNode preview = JsonNodeFactory.instance.objectNode();
    preview.put(COUNT, total).put("dryRun", true);
    ObjectNode split = preview.putObject("byStatus");
    counts.forEach(split::put);
    return preview;
  }

  private static String deliveries(long count) {
    return count == 1 ? "1 delivery" : count + " deliveries";
  }

  private static void put(ObjectNode body, String name, @Nullable String value) {
    if (value != null) {
      body.put(name, value);
    }
  }
}
