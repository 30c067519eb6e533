package dev.hookferry.app.cli.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.alerts.Alerts;
import dev.hookferry.app.alerts.Alerts.TestedRecipient;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.reading.ConfigException;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.refusal.InvalidException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "alerts",
    description = "Tests the alerts that the server sends by e-mail and chat.",
    addMethodSubcommands = false)
public final class AlertsCommand {
  @Command(
      name = "test",
      description = {
        "Sends a test message to everyone who gets alerts.",
        "Reads the configuration as serve does; needs no running server."
      })
  int test(
      @Mixin OutputOptions output,
      @Option(
              names = ConfigSources.FILE_FLAG,
              paramLabel = "FILE",
              description =
                  "The configuration file (default: HOOKFERRY_CONFIG, else ./hookferry.yaml).")
          @Nullable Path config) {
    ServerConfig read = config(config);
    if (!read.alerts().isOn()) {
      throw InvalidException.of(
          "alerts", "no recipient is set: set alerts.email.to, alerts.slack or alerts.teams");
    }
    List<TestedRecipient> results;
    try (HttpTransport transport = new HttpTransport(read.outbound().options())) {
      results = Alerts.test(read.alerts(), transport, "This is a test alert; nothing is wrong.");
    }
    if (output.json()) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      results.forEach(
          one ->
              all.addObject()
                  .put("channel", one.channel())
                  .put("recipient", one.recipient())
                  .put("problem", one.problem()));
      output.print(all);
    } else {
      results.forEach(one -> output.line(line(one)));
    }
    return ExitCode.of(results.stream().allMatch(one -> one.problem().isEmpty()));
  }

  private static String line(TestedRecipient one) {
    String name = one.recipient().isEmpty() ? one.channel() : one.channel() + " " + one.recipient();
    return name + ": " + (one.problem().isEmpty() ? "sent" : "failed: " + one.problem());
  }

  private static ServerConfig config(@Nullable Path file) {
    try {
      return ServerConfigReader.read(
              new ConfigSources(Path.of(""), file, System.getenv(), Map.of()))
          .config();
    } catch (ConfigException e) {
      throw InvalidException.of("", String.valueOf(e.getMessage()));
    }
  }
}
