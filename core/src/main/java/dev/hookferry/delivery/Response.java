package dev.hookferry.delivery;

import dev.hookferry.event.Payload;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver answered.
 *
 * @param status the HTTP status, 100 to 599
 * @param body the beginning of the body, 16 KiB at most, undecoded
 * @param truncated whether there was more
 * @param contentType the header of that name, cut to 200 characters, or null
 * @param retryAfter the header of that name, unparsed, cut to 200 characters, or null
 * @param headers all headers, as far as they are kept; none for answers that were logged before
 *     headers were
 */
public record Response(
    int status,
    Payload body,
    boolean truncated,
    @Nullable String contentType,
    @Nullable String retryAfter,
    ResponseHeaders headers) {
  /** How many bytes of a body are read and kept. */
  public static final int MAX_BODY = 16 * 1024;

  private static final int MAX_HEADER = 200;

  public Response {
    if (status < 100 || status > 599 || body.size() > MAX_BODY) {
      throw new IllegalArgumentException(status + " with " + body);
    }
    contentType = contentType == null ? null : LogText.clean(contentType, MAX_HEADER);
    retryAfter = retryAfter == null ? null : LogText.clean(retryAfter, MAX_HEADER);
  }

  /** An answer of whose headers no more is known. */
  public Response(
      int status,
      Payload body,
      boolean truncated,
      @Nullable String contentType,
      @Nullable String retryAfter) {
    this(status, body, truncated, contentType, retryAfter, ResponseHeaders.NONE);
  }

  /** Whether the receiver took the event. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }
}
