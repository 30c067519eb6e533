package dev.hookferry.http.client;

import java.io.IOException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.nio.NHttpMessageParser;
import org.apache.hc.core5.http.nio.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of an answer within a total of bytes, and takes no head for whole that the end of
 * the stream cut off.
 */
final class BoundedResponseParser implements NHttpMessageParser<HttpResponse> {
  private static final int MAX_HEAD = 64 * 1024;

  private final NHttpMessageParser<HttpResponse> parser;
  private int consumed;

  BoundedResponseParser(NHttpMessageParser<HttpResponse> parser) {
    this.parser = parser;
  }

  @Override
  public void reset() {
    consumed = 0;
    parser.reset();
  }

  @Override
  // The library's interface is not annotated: no head yet is null.
  @SuppressWarnings("NullAway")
  public @Nullable HttpResponse parse(SessionInputBuffer buffer, boolean endOfStream)
      throws IOException, HttpException {
    int before = buffer.length();
    HttpResponse head = parser.parse(buffer, false);
    consumed += before - buffer.length();
    if (consumed > MAX_HEAD) {
      throw new MessageConstraintException("the head of the answer is too long");
    }
    if (head == null && endOfStream && consumed + buffer.length() > 0) {
      throw new ConnectionClosedException("closed in the middle of the answer's head");
    }
    return head;
  }
}
