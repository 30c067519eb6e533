package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.endpoint.Endpoint;

/** The name of an endpoint for narrow spaces. */
public final class ShortName {
  private static final int MAX_LENGTH = 40;
  private static final int MIN_HOST = 12;

  private ShortName() {}

  /** Returns the description of an endpoint, or its shortened URL if there is none. */
  public static String of(Endpoint endpoint) {
    return of(endpoint.name());
  }

  /**
   * Returns the name of an endpoint unchanged, unless it is a URL. A URL loses its scheme and, if
   * it is long, the middle. The start of the host and the end of the path remain, so that two URLs
   * of one host can be told apart.
   */
  public static String of(String name) {
    if (!name.matches("https?://[^/]+.*")) {
      return name;
    }
    String url = name.substring(name.indexOf("://") + "://".length());
    if (url.length() <= MAX_LENGTH) {
      return url;
    }
    int slash = url.indexOf('/');
    String host = slash < 0 ? url : url.substring(0, slash);
    String path = slash < 0 ? "" : url.substring(slash);
    int last = path.lastIndexOf('/', path.length() - 2);
    String end = last > 0 ? "/…" + path.substring(last) : path;
    if (host.length() + end.length() <= MAX_LENGTH) {
      return host + end;
    }
    int keptHost = Math.min(host.length(), Math.max(MIN_HOST, MAX_LENGTH - end.length()));
    int keptEnd = Math.max(MIN_HOST, MAX_LENGTH - keptHost);
    String shown = host.substring(0, keptHost);
    if (end.length() > keptEnd) {
      return shown + "…" + end.substring(end.length() - keptEnd);
    }
    return (keptHost < host.length() ? shown + "…" : shown) + end;
  }
}
