package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.value.ValueKind;

/** The configuration key for a reverse proxy that authenticates users. */
final class ProxyKeys {
  static final ConfigKey<String> USER_HEADER =
      new ConfigKey<>(
          "proxyUserHeader",
          ValueKind.one("NAME", "the name of a header", ProxyKeys::header),
          "",
          "--proxy-user-header",
          "The header in which the reverse proxy names the person, for the audit log; requires"
              + " behindProxy.");

  private ProxyKeys() {}

  private static String header(String text) {
    ValueKind.require(text.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]*"));
    return text;
  }

  /** Adds a problem if clients could choose the name because no proxy overwrites the header. */
  static void check(EffectiveConfig values, CollectedValues problems) {
    problems.require(
        values.get(USER_HEADER).isEmpty() || values.get(ConfigKeys.BEHIND_PROXY),
        USER_HEADER,
        "requires behindProxy, because without a proxy a client could send any name");
  }
}
