package dev.hookferry.http.console.frame;

import java.util.List;

/**
 * Facts about the server that the console shows.
 *
 * @param version Hookferry's version
 * @param settings the effective configuration, secrets already masked
 */
public record ServerInfo(String version, List<Setting> settings) {
  /** No information, for embedded use. */
  public static final ServerInfo NONE = new ServerInfo("unknown", List.of());

  public ServerInfo {
    settings = List.copyOf(settings);
  }

  /** Returns a value of the configuration; empty text if unknown or not set. */
  public String value(String name) {
    return settings.stream()
        .filter(setting -> setting.name().equals(name))
        .map(Setting::value)
        .findFirst()
        .orElse("");
  }

  /**
   * A configured value.
   *
   * @param name its key
   * @param value the value, masked if secret
   * @param from its source, such as a file or a variable
   */
  public record Setting(String name, String value, String from) {
    /** Returns whether the value is the default. */
    public boolean isDefault() {
      return from.equals("default");
    }
  }
}
