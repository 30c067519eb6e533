package dev.hookferry.http.client;

import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.secret.Redactor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Accessors for the head of a response. */
final class ResponseHead {
  private static final int MAX_VALUE = 200;
  private static final String COOKIE = "Set-Cookie";
  private static final Pattern TIMEOUT =
      Pattern.compile("(?:^|[\\s,;])timeout=([0-9]{1,9})", Pattern.CASE_INSENSITIVE);

  private ResponseHead() {}

  /** Returns the first header of a name, truncated to the length that is kept; null if absent. */
  static @Nullable String header(HttpHeaders headers, CharSequence name) {
    String value = headers.get(name);
    return value == null || value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE);
  }

  /** Returns the headers to keep, without cookie values, which are the receiver's secrets. */
  static ResponseHeaders kept(HttpHeaders headers) {
    StringBuilder lines = new StringBuilder(256);
    var all = headers.iteratorCharSequence();
    while (all.hasNext() && lines.length() <= ResponseHeaders.MAX) {
      Map.Entry<CharSequence, CharSequence> header = all.next();
      CharSequence name = header.getKey();
      lines.append(lines.isEmpty() ? "" : "\n").append(name).append(": ");
      lines.append(
          AsciiString.contentEqualsIgnoreCase(name, COOKIE) ? Redactor.MASK : header.getValue());
    }
    return lines.isEmpty() ? ResponseHeaders.NONE : new ResponseHeaders(lines.toString());
  }

  /** Returns whether the response has a supported HTTP version. */
  static boolean isHttp1(HttpResponse head) {
    return head.protocolVersion().equals(HttpVersion.HTTP_1_1)
        || head.protocolVersion().equals(HttpVersion.HTTP_1_0);
  }

  /**
   * Returns whether the response has both Content-Length and Transfer-Encoding. Other parsers may
   * read such a response differently (RFC 9112, 6.3).
   */
  static boolean isAmbiguous(HttpResponse head) {
    return head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
        && head.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
  }

  /** Returns whether the body has no transfer encoding other than chunked. */
  static boolean isKnownEncoding(HttpResponse head) {
    List<String> encodings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return encodings.isEmpty()
        || (encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("chunked"));
  }

  /** Returns the announced body length in bytes, or -1. */
  static long announced(HttpResponse head) {
    return HttpUtil.getContentLength(head, -1L);
  }

  /**
   * Returns whether the receiver keeps the connection open and the end of the response is
   * unambiguous.
   */
  static boolean isKept(HttpResponse head) {
    int status = head.status().code();
    boolean framed =
        (status == 204 || status == 304)
            ? announced(head) <= 0
            : head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                || head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
    return framed && HttpUtil.isKeepAlive(head);
  }

  /** Returns the announced keep-alive time in seconds, or -1. */
  static long keepAlive(HttpHeaders headers) {
    String value = header(headers, "Keep-Alive");
    if (value == null) {
      return -1;
    }
    Matcher matcher = TIMEOUT.matcher(value);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
  }
}
