package dev.hookferry.http.client;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.TooLongHttpHeaderException;

/**
 * The headers of an answer, a bounded number of them: each costs many times the bytes that a
 * receiver needs for it. What is kept of them is cleaned where it is kept.
 */
final class AnswerHeaders extends DefaultHttpHeaders {
  /** Makes them for the library. */
  static final HttpHeadersFactory FACTORY =
      new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
          return new AnswerHeaders();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
          return new AnswerHeaders();
        }
      };

  private static final int MAX = 100;

  private AnswerHeaders() {
    super(name -> {}, value -> {});
  }

  @Override
  public HttpHeaders add(CharSequence name, Object value) {
    if (size() >= MAX) {
      throw new TooLongHttpHeaderException("more than " + MAX + " headers");
    }
    // Where a line was folded at its very beginning, the blank that stands for that is left.
    return super.add(name, value instanceof String text ? text.strip() : value);
  }
}
