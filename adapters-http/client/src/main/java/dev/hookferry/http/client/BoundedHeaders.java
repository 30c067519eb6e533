package dev.hookferry.http.client;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.TooLongHttpHeaderException;

/**
 * Response headers, limited in number because each takes many times more memory than on the wire.
 * Headers are sanitized later, when they are stored.
 */
final class BoundedHeaders extends DefaultHttpHeaders {
  /** Creates the headers for Netty. */
  static final HttpHeadersFactory FACTORY =
      new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
          return new BoundedHeaders();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
          return new BoundedHeaders();
        }
      };

  private static final int MAX = 100;

  private BoundedHeaders() {
    super(name -> {}, value -> {});
  }

  @Override
  public HttpHeaders add(CharSequence name, Object value) {
    if (size() >= MAX) {
      throw new TooLongHttpHeaderException("more than " + MAX + " headers");
    }
    // A line folded at its very beginning leaves a leading space.
    return super.add(name, value instanceof String text ? trimmed(text) : value);
  }

  /** Strips leading and trailing spaces and tabs, but no other white space. */
  private static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (from < to && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
