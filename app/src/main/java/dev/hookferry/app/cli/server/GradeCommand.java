package dev.hookferry.app.cli.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.NamedFile;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.option.HeaderOptions;
import dev.hookferry.app.cli.option.OutboundOptions;
import dev.hookferry.app.cli.option.SecretOptions;
import dev.hookferry.app.config.value.ValueKind;
import dev.hookferry.app.grade.CheckResult;
import dev.hookferry.app.grade.GradeReport;
import dev.hookferry.app.grade.GradeSecrets;
import dev.hookferry.app.grade.GradeTarget;
import dev.hookferry.app.grade.Grader;
import dev.hookferry.app.grade.SampleEvents;
import dev.hookferry.app.text.Version;
import dev.hookferry.event.Envelope;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.http.client.HttpTransportOptions;
import dev.hookferry.id.EventType;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "grade",
    description = {
      "Sends a receiver valid and forged events, and says what it wrongly accepted or refused.",
      "Valid events are real to the receiver: use one that may process them.",
      "Secrets that begin with whsec_ are for Standard Webhooks, others for X-QLM-Signature.",
      "Give one of each if the receiver verifies both. Fails if a check fails."
    })
public final class GradeCommand implements Callable<Integer> {
  private static final ValueKind<Envelope.Style> STYLE = ValueKind.word(Envelope.Style.class);
  private static final Duration MIN_TIME = Duration.ofMillis(100);
  private static final Duration MAX_TIME = Duration.ofSeconds(30);

  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "URL", description = "The receiver's URL.")
  private String url = "";

  @Mixin private SecretOptions secrets = new SecretOptions();

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "The type of the events (default: test).")
  private String type = EventType.TEST.name();

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A file with the data of the events, a JSON object (default: a short message).")
  private @Nullable Path data;

  @Option(
      names = "--envelope",
      paramLabel = "STYLE",
      description = "The site's setting envelope: qlm (default), standard or raw.")
  private String envelope = "qlm";

  @Mixin private HeaderOptions headers = new HeaderOptions();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "The time limit of each request, 100ms to 30s (default: 15s).")
  private Duration timeout = Duration.ofSeconds(15);

  @Mixin private OutboundOptions outbound = new OutboundOptions();

  @Override
  public Integer call() {
    Asked asked = asked();
    GradeTarget target = asked.target();
    try (HttpTransport transport = new HttpTransport(HttpTransportOptions.of(asked.policy()))) {
      requireAllowed(transport, target.url());
      Grader grader =
          new Grader(transport, target, asked.events(), InstantSource.system(), new SecureRandom());
      begin(target);
      GradeReport report = grader.run(this::show);
      end(target, report);
      return ExitCode.of(report.isPassed());
    }
  }

  /**
   * The parsed options.
   *
   * @param policy the targets that may be called
   */
  private record Asked(GradeTarget target, SampleEvents events, OutboundPolicy policy) {}

  private Asked asked() {
    Problems problems = new Problems();
    problems.require(
        timeout.compareTo(MIN_TIME) >= 0 && timeout.compareTo(MAX_TIME) <= 0,
        "--timeout",
        "must be from 100ms to 30s");
    problems.require(
        EventType.isName(type), "--type", "must be an event type such as license_created");
    TargetUrl parsed = problems.collect("", () -> TargetUrl.parse(url));
    GradeSecrets signing = problems.collect("", () -> GradeSecrets.of(secrets.all(output)));
    Map<String, String> custom = problems.collect("", headers::all);
    Envelope.Style style = problems.collect("--envelope", () -> STYLE.read(List.of(envelope)));
    OutboundPolicy policy = problems.collect("", outbound::policy);
    problems.throwIfAny();
    return new Asked(
        new GradeTarget(
            Objects.requireNonNull(parsed, "parsed"),
            Objects.requireNonNull(signing, "signing"),
            Objects.requireNonNull(custom, "custom"),
            timeout,
            "Hookferry/" + Version.text()),
        new SampleEvents(
            styled(Objects.requireNonNull(style, "style")), new EventType(type), data()),
        Objects.requireNonNull(policy, "policy"));
  }

  private static Envelope styled(Envelope.Style style) {
    Envelope defaults = Envelope.DEFAULT;
    return new Envelope(
        style, defaults.typeField(), defaults.licenseField(), defaults.customerField());
  }

  private String data() {
    return data == null
        ? SampleEvents.DEFAULT_DATA
        : new String(NamedFile.read("--data", data), StandardCharsets.UTF_8);
  }

  /** Rejects a target that the outbound policy blocks before anything is sent. */
  private static void requireAllowed(Transport transport, TargetUrl target) {
    try {
      boolean unused = transport.judge(target, false).toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof InvalidException invalid) {
        throw InvalidException.of(
            "url",
            invalid.problems().get(0).reason()
                + "; here, --allow-network, --allow-http and --allow-port allow it");
      }
      throw e;
    }
  }

  private void begin(GradeTarget target) {
    if (!output.json()) {
      output.line(
          "Grading " + url + ", signed with " + String.join(" and ", target.secrets().headers()));
      output.line("");
    }
  }

  private void show(CheckResult result) {
    if (!output.json()) {
      GradeReport.lines(result).forEach(output::line);
      output.out().flush();
    }
  }

  private void end(GradeTarget target, GradeReport report) {
    if (output.json()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("url", url);
      target.secrets().headers().forEach(json.putArray("signatures")::add);
      output.print(json.setAll(report.json()));
    } else {
      output.line("");
      output.line(report.summary());
    }
  }
}
