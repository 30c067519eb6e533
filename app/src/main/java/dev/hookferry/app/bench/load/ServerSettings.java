package dev.hookferry.app.bench.load;

import java.util.HashMap;
import java.util.Map;

/**
 * Settings of a server under test in addition to those that every server has.
 *
 * @param environment its environment variables
 */
public record ServerSettings(Map<String, String> environment) {
  /** No additional settings. */
  public static final ServerSettings DEFAULTS = new ServerSettings(Map.of());

  /** The name of an optional egress, through a proxy that does not exist. */
  public static final String EGRESS = "bench";

  public ServerSettings {
    environment = Map.copyOf(environment);
  }

  /** Returns a copy with {@link #EGRESS}. */
  public ServerSettings withEgress() {
    return with(
        Map.of("HOOKFERRY_OUTBOUND_EGRESSES", "name=" + EGRESS + ";proxy=http://127.0.0.1:9"));
  }

  /**
   * Returns a copy that exports a span of every attempt.
   *
   * @param collector the base URL of the collector
   */
  public ServerSettings tracedTo(String collector) {
    return with(Map.of("HOOKFERRY_OTEL_ENDPOINT", collector, "HOOKFERRY_OTEL_SHARE", "1"));
  }

  private ServerSettings with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    return new ServerSettings(all);
  }
}
