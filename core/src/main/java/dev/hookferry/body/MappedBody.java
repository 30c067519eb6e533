package dev.hookferry.body;

import dev.hookferry.event.Payload;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The body of a request, made from an event.
 *
 * @param contentType the value of {@code Content-Type}: 1 to 200 visible ASCII characters and
 *     spaces
 * @param headers that belong to the body, by name; sent before those of the endpoint
 * @param body the bytes to sign and send
 */
public record MappedBody(String contentType, Map<String, String> headers, Payload body) {
  /** The most bytes that a body made by a template or mapper may have. */
  public static final int MAX_BYTES = 1 << 20;

  static final String JSON = "application/json";
  private static final Pattern VISIBLE = Pattern.compile("[!-~](?:[ -~]{0,198}[!-~])?");

  public MappedBody {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
    if (!VISIBLE.matcher(contentType).matches()) {
      throw new IllegalArgumentException(
          "contentType must be 1 to 200 visible ASCII characters (got \"" + contentType + "\")");
    }
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  /** Creates a body of JSON. */
  public static MappedBody json(Payload body) {
    return of(JSON, body);
  }

  /** Creates a body of any content type. */
  public static MappedBody of(String contentType, Payload body) {
    return new MappedBody(contentType, Map.of(), body);
  }

  /** Returns whether its content type says that it is JSON. */
  public boolean isJson() {
    return contentType.toLowerCase(Locale.ROOT).contains("json");
  }
}
