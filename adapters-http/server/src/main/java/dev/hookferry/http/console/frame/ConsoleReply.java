package dev.hookferry.http.console.frame;

import dev.hookferry.event.Payload;
import dev.hookferry.http.wire.Gzip;
import dev.hookferry.http.wire.StreamedBody;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reply of the console.
 *
 * @param status the HTTP status
 * @param headers the headers besides the content type
 * @param contentType empty if there is no body
 * @param body the whole body
 * @param live if not null, the reply is a stream of server-sent events with this source, and the
 *     body is empty
 * @param download if not null, streams the body, and {@code body} is empty
 */
public record ConsoleReply(
    int status,
    Map<String, String> headers,
    String contentType,
    Payload body,
    @Nullable LiveFeed live,
    @Nullable StreamedBody download) {
  /** Shorter pages fit into one packet uncompressed. */
  private static final int MIN_COMPRESSED = 1_024;

  public static ConsoleReply of(int status, String contentType, byte[] body) {
    return new ConsoleReply(status, Map.of(), contentType, Payload.wrap(body), null, null);
  }

  /** Returns a page. */
  static ConsoleReply html(int status, byte[] body) {
    return of(status, "text/html; charset=utf-8", body);
  }

  /** Returns a 303 redirect to a path, the reply to a change. */
  public static ConsoleReply seeOther(String path) {
    return new ConsoleReply(303, Map.of(), "", Payload.empty(), null, null).with("Location", path);
  }

  public static ConsoleReply streaming(LiveFeed live) {
    return new ConsoleReply(200, Map.of(), "text/event-stream", Payload.empty(), live, null);
  }

  /**
   * Returns a file download that is streamed.
   *
   * @param disposition the value of {@code Content-Disposition}
   */
  public static ConsoleReply download(
      String contentType, StreamedBody download, String disposition) {
    return new ConsoleReply(200, Map.of(), contentType, Payload.empty(), null, download)
        .with("Content-Disposition", disposition);
  }

  /** Returns a copy with the given body. */
  public ConsoleReply with(Payload payload) {
    return new ConsoleReply(status, headers, contentType, payload, live, download);
  }

  /** Returns a copy with one more header. */
  public ConsoleReply with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new ConsoleReply(status, all, contentType, body, live, download);
  }

  /**
   * Returns a copy with a compressed page if the browser accepts that, or this reply if it is short
   * or not a page. A page may contain both text from the request and the CSRF token, so the token
   * is masked differently in every response.
   */
  public ConsoleReply compressed(ConsoleRequest request) {
    boolean isPage =
        contentType.startsWith("text/html") && body.size() >= MIN_COMPRESSED && download == null;
    return isPage && request.acceptsGzip()
        ? with(Payload.wrap(Gzip.compressed(body.unsafeBytes())))
            .with("Content-Encoding", "gzip")
            .with("Vary", "Accept-Encoding")
        : this;
  }
}
