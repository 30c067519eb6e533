package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.ArgumentValues;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.NamedFile;
import dev.hookferry.app.cli.option.EventOptionsMixin;
import dev.hookferry.app.cli.option.JsonOption;
import dev.hookferry.app.cli.option.OptionProblems;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "send",
    description = {
      "Publishes an event.",
      "The JSON is the affected object, or a whole event: {\"type\":…,\"data\":…}."
    })
public final class SendCommand implements Callable<Integer> {
  private static final Duration MAX_WAIT = Duration.ofSeconds(60);

  @Mixin private SiteOptions site = new SiteOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "TYPE",
      description = "The event type, such as license_created; a whole event has its own.")
  private String type = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = {
        "A file with JSON, as FILE or @FILE, or the JSON itself, such as {\"Number\":\"4711\"};",
        "- or nothing for standard input."
      })
  private @Nullable String file;

  @Option(
      names = "--data",
      paramLabel = "JSON",
      description = "The JSON, or @FILE, as an option instead of FILE.")
  private @Nullable String data;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The event's id, for idempotency: sent twice, it is accepted once.")
  private @Nullable String id;

  @Option(
      names = "--occurred-at",
      paramLabel = "TIME",
      description = "When it happened, such as 2026-04-29T16:39:49Z (default: now).")
  private @Nullable String occurredAt;

  @Option(names = "--example", description = "Sends the example of the type's catalogue entry.")
  private boolean example;

  @Mixin private EventOptionsMixin options = new EventOptionsMixin();

  @Option(
      names = "--wait",
      description = "Waits for all deliveries and shows the attempts; fails if one fails.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "How long to wait with --wait (default: 60s).")
  private @Nullable String timeout;

  @Override
  public Integer call() throws IOException, InterruptedException {
    OptionProblems problems = new OptionProblems();
    ObjectNode more = options.fields(problems);
    if (id != null) {
      more.put("id", id);
    }
    if (occurredAt != null) {
      more.put("occurredAt", occurredAt);
    }
    Duration longest = problems.read(this::longest);
    problems.throwIfAny();
    takeWholeEvent();
    byte[] body = EventBody.of(type, content(), more);
    JsonNode receipt = site.client().post(site.path("events"), body);
    if (wait) {
      Duration most = Objects.requireNonNull(longest, "longest");
      boolean done = new DeliveryWatch(site, receipt, most).run();
      return ExitCode.of(new UnreachedEndpoints(site, receipt).explain(options.to()) && done);
    }
    site.result(receipt, DeliveryWatch.accepted(receipt));
    boolean unused = new UnreachedEndpoints(site, receipt).explain(options.to());
    return ExitCode.DONE;
  }

  /** Treats an only argument that is JSON or a file as the whole event; else requires a type. */
  private void takeWholeEvent() {
    boolean isContent = type.startsWith("{") || type.startsWith("@") || type.equals("-");
    if (isContent && file == null) {
      file = type;
      type = "";
    } else if (type.isEmpty()) {
      throw site.usage(
          "TYPE is required: the event type, such as license_created; to send a whole event from"
              + " standard input: hookferry send -");
    }
  }

  private Duration longest() {
    if (timeout == null) {
      return MAX_WAIT;
    }
    if (!wait) {
      throw InvalidException.of("--timeout", "requires --wait");
    }
    return ArgumentValues.duration("--timeout", timeout);
  }

  private byte[] content() throws IOException {
    String given = file;
    if (example) {
      return exampleOf();
    }
    if (data != null) {
      requireAlone("--data");
      return JsonOption.text("--data", data).getBytes(StandardCharsets.UTF_8);
    }
    if (given == null || given.equals("-")) {
      if (site.terminal().isInteractive()) {
        site.note("reading the event's data from standard input; end with Ctrl-D");
      }
      return System.in.readAllBytes();
    }
    return isJson(given)
        ? given.getBytes(StandardCharsets.UTF_8)
        : NamedFile.read("FILE", file(given));
  }

  private static Path file(String given) {
    Path file = NamedFile.path("FILE", given.replaceFirst("^@", ""));
    if (!given.startsWith("@") && Files.notExists(file)) {
      throw InvalidException.of("FILE", "no such file, and not JSON: " + given);
    }
    return file;
  }

  /** Returns whether the text is JSON; a number or word that is also a file name means the file. */
  private static boolean isJson(String text) {
    return text.matches("(?s)[{\\[\"].*")
        || (JsonOption.isJson(text) && !Files.exists(NamedFile.path("FILE", text)));
  }

  private void requireAlone(String option) {
    if (file != null) {
      throw InvalidException.of(option, "must not be given together with FILE");
    }
  }

  private byte[] exampleOf() {
    requireAlone("--example");
    if (data != null) {
      throw InvalidException.of("--example", "must not be given together with --data");
    }
    JsonNode found = site.client().get(site.path("event-types", type)).path("example");
    if (found.isMissingNode()) {
      throw InvalidException.of("--example", "the type " + type + " has no example");
    }
    return found.toString().getBytes(StandardCharsets.UTF_8);
  }
}
