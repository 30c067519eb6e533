package dev.hookferry.http.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is answered. Immutable but for the bytes, which nobody writes to. */
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

  /** An answer with a body. */
  public static HttpReply of(int status, String contentType, byte[] body) {
    return new HttpReply(status, contentType, body, Map.of());
  }

  /** A JSON answer. */
  public static HttpReply json(int status, JsonOutput.Writing writing) {
    return of(status, "application/json", JsonOutput.bytes(writing));
  }

  /** 200 with JSON. */
  public static HttpReply ok(JsonOutput.Writing writing) {
    return json(200, writing);
  }

  /** 204. */
  public static HttpReply nothing() {
    return of(204, "", NOTHING);
  }

  /** The same with one more header. */
  public HttpReply with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new HttpReply(status, contentType, body, all);
  }

  public int status() {
    return status;
  }

  /** Empty if there is no body. */
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
