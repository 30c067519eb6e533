package dev.hookferry.http.console;

import java.util.List;

/**
 * What the console tells of the server that it runs in.
 *
 * @param version of Hookferry
 * @param settings the effective configuration; secrets are masked already
 */
public record ServerFacts(String version, List<Setting> settings) {
  /** Nothing is known. */
  public static final ServerFacts NONE = new ServerFacts("unknown", List.of());

  public ServerFacts {
    settings = List.copyOf(settings);
  }

  /**
   * A value of the configuration.
   *
   * @param name of its key
   * @param value as a person may see it
   * @param from where it was set
   */
  public record Setting(String name, String value, String from) {}
}
