package dev.hookferry.http.client;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.TooLongHttpHeaderException;

/**
 * The headers of an answer, a bounded number of them: each costs many times the bytes that a
 * receiver needs for it. What is kept of them is cleaned where it is kept.
 */
final class BoundedHeaders extends DefaultHttpHeaders {
  /** Makes them for the library. */
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
    // Where a line was folded at its very beginning, the blank that stands for that is left.
    return super.add(name, value instanceof String text ? unblanked(text) : value);
  }

  /** Without blanks and tabs at its ends; whatever else stands there is not passed over. */
  private static String unblanked(String text) {
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
