package dev.hookferry.http.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP reply: status, headers and body. Immutable, as long as nobody writes to the body's array.
 */
public final class HttpReply {
  private static final byte[] NOTHING = {};

  private final int status;
  private final String contentType;
  private final byte[] body;
  private final Map<String, String> headers;

  private HttpReply(int status, String contentType, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.headers = headers;
  }

  /** Returns a reply with a body. */
  public static HttpReply of(int status, String contentType, byte[] body) {
    return new HttpReply(status, contentType, body, Map.of());
  }

  /** Returns a reply with a JSON body. */
  public static HttpReply json(int status, JsonOutput.Writing writing) {
    return of(status, "application/json", JsonOutput.bytes(writing));
  }

  /** Returns a 200 with a JSON body. */
  public static HttpReply ok(JsonOutput.Writing writing) {
    return json(200, writing);
  }

  /** Returns a 204 without a body. */
  public static HttpReply nothing() {
    return of(204, "", NOTHING);
  }

  /** Returns a copy with one more header. */
  public HttpReply with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new HttpReply(status, contentType, body, all);
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

  public Map<String, String> headers() {
    return headers;
  }
}
