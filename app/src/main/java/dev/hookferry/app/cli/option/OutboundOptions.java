package dev.hookferry.app.cli.option;

import dev.hookferry.app.config.HttpTargets;
import dev.hookferry.app.config.OutboundConfig;
import dev.hookferry.app.config.reading.ConfigKey;
import dev.hookferry.app.config.reading.ConfigKeys;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.refusal.InvalidException;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of commands that call receivers themselves: the targets that they may call. */
public final class OutboundOptions {
  @Option(
      names = "--allow-network",
      paramLabel = "CIDR",
      split = ",",
      description = "Non-public networks that may be called, such as 127.0.0.0/8.")
  private List<String> networks = List.of();

  @Option(
      names = "--allow-http",
      paramLabel = "TARGET",
      arity = "0..1",
      fallbackValue = "true",
      split = ",",
      description =
          "Where plain HTTP may be used: everywhere without a value, else hosts and networks.")
  private List<String> http = List.of();

  @Option(
      names = "--allow-port",
      paramLabel = "PORT",
      split = ",",
      description = "Ports of other protocols that may also be called.")
  private List<String> ports = List.of();

  /**
   * Returns the policy.
   *
   * @throws InvalidException if an option is malformed
   */
  public OutboundPolicy policy() {
    HttpTargets targets =
        http.isEmpty() ? new HttpTargets(false, List.of()) : read(ConfigKeys.ALLOW_HTTP, http);
    return new OutboundConfig(
            read(ConfigKeys.ALLOW_NETWORKS, networks),
            targets,
            read(ConfigKeys.ALLOW_PORTS, ports),
            true,
            1,
            1,
            List.of(),
            "")
        .policy();
  }

  private static <T> T read(ConfigKey<T> key, List<String> texts) {
    try {
      return key.form().read(texts);
    } catch (InvalidException e) {
      throw InvalidException.of(String.valueOf(key.flag()), e.problems().get(0).reason());
    }
  }
}
