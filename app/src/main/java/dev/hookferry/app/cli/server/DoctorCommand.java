package dev.hookferry.app.cli.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.doctor.Diagnosis;
import dev.hookferry.app.doctor.Doctor;
import dev.hookferry.app.doctor.MachineInfo;
import dev.hookferry.app.doctor.ServerCheck;
import dev.hookferry.app.text.LineText;
import dev.hookferry.app.text.StateColour;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description = {
      "Checks what a server needs, and says what to do.",
      "Checks the configuration, store, disk, clock, secrets, DNS, port, collector and machine.",
      "Takes the flags of serve; starts nothing and changes nothing.",
      "With --server, or with HOOKFERRY_URL and no serve flags, queries a running server instead.",
      "Exits with an error if any check fails."
    })
public final class DoctorCommand implements Callable<Integer> {
  private static final int LEVEL_WIDTH = 9;

  /** The minimum width of wrapped text; narrower lines would hold only a word or two. */
  private static final int NARROWEST = 20;

  @Mixin private ServerOptions server = new ServerOptions();

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = ConfigSources.FILE_FLAG,
      paramLabel = "FILE",
      description = "The configuration file (default: HOOKFERRY_CONFIG, else ./hookferry.yaml).")
  private @Nullable Path config;

  private final List<Diagnosis> findings = new ArrayList<>();

  @Override
  public Integer call() {
    ParseResult parsed = Objects.requireNonNull(spec, "not parsed").commandLine().getParseResult();
    Map<String, List<String>> flags = ConfigFlags.given(parsed);
    if (server.isAddressedByOption() && (config != null || !flags.isEmpty())) {
      String flag =
          config == null ? new TreeSet<>(flags.keySet()).first() : ConfigSources.FILE_FLAG;
      throw server.usage("give only one of " + ServerOptions.NAME + " and " + flag);
    }
    // Flags of serve with --server are rejected above.
    if (server.isAddressed() && config == null && flags.isEmpty()) {
      new ServerCheck(server.client(), server.hasKey()).run(this::found);
    } else {
      new Doctor(MachineInfo.current(), this::found)
          .examine(new ConfigSources(Path.of(""), config, System.getenv(), flags));
    }
    long failures = count(Diagnosis.Level.FAILURE);
    if (server.json()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("ok", failures == 0);
      ArrayNode checks = json.putArray("checks");
      findings.forEach(finding -> checks.add(finding.json()));
      server.print(json);
    } else {
      server.line("");
      long skipped = count(Diagnosis.Level.SKIPPED);
      server.line(
          summary(failures, count(Diagnosis.Level.WARNING))
              + (skipped == 0 ? "" : "; " + skipped + " skipped"));
    }
    return ExitCode.of(failures == 0);
  }

  private void found(Diagnosis finding) {
    findings.add(finding);
    if (server.json()) {
      return;
    }
    server.out().print(level(finding.level().code()));
    print(String.format("%-14s ", finding.check()), LEVEL_WIDTH, finding.text());
    if (finding.remedy() != null) {
      print(" ".repeat(LEVEL_WIDTH) + "→ ", 0, finding.remedy());
    }
    server.out().flush();
  }

  /**
   * Prints a text after its first words; lines that do not fit the terminal are wrapped and
   * indented.
   *
   * @param before the number of characters already on the line
   */
  private void print(String beginning, int before, String text) {
    int start = before + beginning.length();
    String indent = " ".repeat(start);
    String begin = beginning;
    for (String part : LineText.wrapped(text, Math.max(NARROWEST, lineWidth() - start))) {
      server.line(begin + part);
      begin = indent;
    }
  }

  private int lineWidth() {
    return server.terminal().isInteractive() ? server.terminal().width() : Integer.MAX_VALUE;
  }

  private String level(String word) {
    String padded = String.format("%-" + LEVEL_WIDTH + "s", word);
    return server.terminal().hasColor() ? StateColour.of(word).paint(padded) : padded;
  }

  private long count(Diagnosis.Level level) {
    return findings.stream().filter(finding -> finding.level() == level).count();
  }

  private static String summary(long failures, long warnings) {
    if (failures + warnings == 0) {
      return "All checks passed";
    }
    return number(failures, "failure") + ", " + number(warnings, "warning");
  }

  private static String number(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
