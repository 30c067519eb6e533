package dev.hookferry.http.console.frame;

import dev.hookferry.event.Payload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of a browser.
 *
 * @param method of HTTP
 * @param path as it came, undecoded
 * @param query as it came, without the question mark
 * @param headers by lower-case name, of each the first
 * @param body the whole body
 * @param from the address that the request came from
 * @param secure whether it came over TLS
 * @param blocked whether too many logins from there failed, so that no other may be tried now
 */
public record ConsoleRequest(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    Payload body,
    String from,
    boolean secure,
    boolean blocked) {
  /** A header's value, or null if it is not there. */
  @Nullable
  public String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  /** What a cookie holds, or null if it is not there. */
  @Nullable String cookie(String name) {
    for (String pair : headers.getOrDefault("cookie", "").split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
        return pair.substring(equals + 1).strip();
      }
    }
    return null;
  }
}
