package dev.hookferry.jdbc.dialect;

import java.util.regex.Pattern;

/** Adds settings to a JDBC URL, unless it has them already. */
final class UrlSettings {
  private final char first;
  private final char separator;
  private String url;

  UrlSettings(String url, char first, char separator) {
    this.url = url;
    this.first = first;
    this.separator = separator;
  }

  UrlSettings withDefault(String name, String value) {
    if (!says(name)) {
      url += (url.indexOf(first) < 0 ? first : separator) + name + "=" + value;
    }
    return this;
  }

  boolean says(String name) {
    return Pattern.compile("[?&;]" + name + "=", Pattern.CASE_INSENSITIVE).matcher(url).find();
  }

  String url() {
    return url;
  }
}
