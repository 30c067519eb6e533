package dev.hookferry.body;

import dev.hookferry.event.Payload;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The body of a request, built from an event, with its content type. Immutable. */
public final class MappedBody {
  /** Maximum size of a body built by a template or mapper, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  private static final String JSON = "application/json";
  private static final Pattern VISIBLE = Pattern.compile("[!-~](?:[ -~]{0,198}[!-~])?");

  private final String contentType;
  private final Map<String, String> headers;
  private final Payload body;

  private MappedBody(String contentType, Map<String, String> headers, Payload body) {
    this.contentType = contentType;
    this.headers = headers;
    this.body = body;
  }

  /** Creates a JSON body. */
  public static MappedBody json(Payload body) {
    return new MappedBody(JSON, Map.of(), Objects.requireNonNull(body, "body"));
  }

  /**
   * Creates a body of any content type.
   *
   * @param contentType the value of {@code Content-Type}: 1 to 200 visible ASCII characters and
   *     spaces
   * @throws IllegalArgumentException if the content type is anything else
   */
  public static MappedBody of(String contentType, Payload body) {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(body, "body");
    if (!VISIBLE.matcher(contentType).matches()) {
      throw new IllegalArgumentException(
          "contentType must be 1 to 200 visible ASCII characters (got \"" + contentType + "\")");
    }
    return new MappedBody(contentType, Map.of(), body);
  }

  /** Returns a copy with these headers, which belong to the body and keep their order. */
  MappedBody with(Map<String, String> more) {
    return new MappedBody(contentType, more, body);
  }

  /** Returns the value of {@code Content-Type}. */
  public String contentType() {
    return contentType;
  }

  /** Returns the headers that belong to the body, by name; empty except for binary CloudEvents. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns the bytes to sign and send. */
  public Payload body() {
    return body;
  }

  /** Returns whether its content type indicates JSON. */
  public boolean isJson() {
    return contentType.equals(JSON) || contentType.toLowerCase(Locale.ROOT).contains("json");
  }

  /** Returns only content type and size, because bodies may hold data that must not be logged. */
  @Override
  public String toString() {
    return "MappedBody[" + contentType + ", " + body + "]";
  }
}
