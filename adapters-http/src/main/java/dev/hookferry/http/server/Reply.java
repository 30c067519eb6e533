package dev.hookferry.http.server;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is answered. Immutable but for the bytes, which nobody writes to. */
final class Reply {
  private static final byte[] NOTHING = {};

  private final int status;
  private final String contentType;
  private final byte[] body;
  private final Map<String, String> headers;

  private Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.headers = headers;
  }

  /** An answer with a body. */
  static Reply of(int status, String contentType, byte[] body) {
    return new Reply(status, contentType, body, Map.of());
  }

  /** A JSON answer. */
  static Reply json(int status, Json.Writing writing) {
    return of(status, "application/json", Json.bytes(writing));
  }

  /** 200 with JSON. */
  static Reply ok(Json.Writing writing) {
    return json(200, writing);
  }

  /** 204. */
  static Reply nothing() {
    return of(204, "", NOTHING);
  }

  /** The same with one more header. */
  Reply with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Reply(status, contentType, body, all);
  }

  int status() {
    return status;
  }

  /** Empty if there is no body. */
  String contentType() {
    return contentType;
  }

  byte[] body() {
    return body;
  }

  Map<String, String> headers() {
    return headers;
  }
}
