package dev.hookferry.policy;

import java.util.Locale;

/** Origin of an effective setting. Later constants take precedence. */
public enum PolicyOrigin {
  /** The configuration of the server, or of the program that embeds Hookferry. */
  SERVER,
  /** The settings of the site. */
  SITE,
  /** The endpoint's own setting. */
  ENDPOINT;

  /** Returns the lower-case name used in the API, such as {@code site}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
