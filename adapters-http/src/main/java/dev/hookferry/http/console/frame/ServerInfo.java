package dev.hookferry.http.console.frame;

import java.util.List;

/**
 * What the console tells of the server that it runs in.
 *
 * @param version of Hookferry
 * @param settings the effective configuration; secrets are masked already
 */
public record ServerInfo(String version, List<Setting> settings) {
  /** Nothing is known. */
  public static final ServerInfo NONE = new ServerInfo("unknown", List.of());

  public ServerInfo {
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
