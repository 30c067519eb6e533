package dev.hookferry.http.console.frame;

import dev.hookferry.event.Payload;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A browser's request.
 *
 * @param method the HTTP method
 * @param path the raw path, undecoded
 * @param query the raw query, without the question mark
 * @param headers the first value of each header, by lower-case name
 * @param body the whole body
 * @param from the client's address
 * @param user the name of the user authenticated by a proxy in front; empty if none
 * @param secure whether the request arrived over TLS
 * @param blocked whether the address is blocked after too many failed logins
 */
public record ConsoleRequest(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    Payload body,
    String from,
    String user,
    boolean secure,
    boolean blocked) {
  /** Returns a header's value, or null if it is absent. */
  public @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  /** Returns whether the browser accepts gzip-compressed bodies. */
  public boolean acceptsGzip() {
    return Stream.of(headers.getOrDefault("accept-encoding", "").split(",", -1))
        .map(String::strip)
        .anyMatch(coding -> coding.matches("gzip(?!\\s*;\\s*q=0(\\.0*)?$).*"));
  }

  /** Returns a cookie's value, or null if it is absent. */
  public @Nullable String cookie(String name) {
    for (String pair : headers.getOrDefault("cookie", "").split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
        return pair.substring(equals + 1).strip();
      }
    }
    return null;
  }
}
