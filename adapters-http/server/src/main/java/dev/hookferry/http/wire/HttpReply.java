package dev.hookferry.http.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP reply: status, headers and body. Immutable unless the body's array is modified. */
public final class HttpReply {
  private static final byte[] NOTHING = {};

  private final int status;
  private final String contentType;
  private final byte[] body;
  private final Map<String, String> headers;
  private final @Nullable StreamedBody stream;

  private HttpReply(
      int status,
      String contentType,
      byte[] body,
      Map<String, String> headers,
      @Nullable StreamedBody stream) {
    this.stream = stream;
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.headers = headers;
  }

  /** Returns a reply with a body. */
  public static HttpReply of(int status, String contentType, byte[] body) {
    return new HttpReply(status, contentType, body, Map.of(), null);
  }

  /** Returns a reply with a JSON body. */
  public static HttpReply json(int status, JsonOutput.Writing writing) {
    return of(status, "application/json", JsonOutput.bytes(writing));
  }

  /** Returns a 200 with a JSON body. */
  public static HttpReply ok(JsonOutput.Writing writing) {
    return json(200, writing);
  }

  /** Returns a 200 with a streamed body. */
  public static HttpReply stream(String contentType, StreamedBody stream) {
    return new HttpReply(200, contentType, NOTHING, Map.of(), stream);
  }

  /** Returns a 204 without a body. */
  public static HttpReply nothing() {
    return of(204, "", NOTHING);
  }

  /** Returns a copy with one more header. */
  public HttpReply with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new HttpReply(status, contentType, body, all, stream);
  }

  public int status() {
    return status;
  }

  /** Returns the content type, empty if there is no body. */
  public String contentType() {
    return contentType;
  }

  public byte[] body() {
    return body;
  }

  /** Returns the streamed body; null if the body is in memory: see {@link #body}. */
  public @Nullable StreamedBody stream() {
    return stream;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
