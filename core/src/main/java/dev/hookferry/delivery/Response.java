package dev.hookferry.delivery;

import dev.hookferry.event.Payload;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The response of a receiver.
 *
 * @param status the HTTP status, 100 to 599
 * @param body the first 16 KiB of the body, undecoded
 * @param truncated whether the body was longer
 * @param contentType the {@code Content-Type} header, cut to 200 characters, or null
 * @param retryAfter the {@code Retry-After} header, unparsed, cut to 200 characters, or null
 * @param headers all headers, up to the limit of {@link ResponseHeaders}; empty for responses
 *     logged by versions that did not keep headers
 */
public record Response(
    int status,
    Payload body,
    boolean truncated,
    @Nullable String contentType,
    @Nullable String retryAfter,
    ResponseHeaders headers) {
  /** Maximum number of body bytes that are read and stored. */
  public static final int MAX_BODY = 16 * 1024;

  private static final int MAX_HEADER = 200;

  public Response {
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(headers, "headers");
    if (status < 100 || status > 599 || body.size() > MAX_BODY) {
      throw new IllegalArgumentException(status + " with " + body);
    }
    contentType = contentType == null ? null : LogText.clean(contentType, MAX_HEADER);
    retryAfter = retryAfter == null ? null : LogText.clean(retryAfter, MAX_HEADER);
  }

  /** Creates a response without {@link #headers}. */
  public Response(
      int status,
      Payload body,
      boolean truncated,
      @Nullable String contentType,
      @Nullable String retryAfter) {
    this(status, body, truncated, contentType, retryAfter, ResponseHeaders.NONE);
  }

  /** Returns the approximate size of its body and headers in memory, in bytes. */
  public int size() {
    return body.size() + headers.text().length();
  }

  /**
   * Returns whether the status is 2xx, which counts as success by default. {@link
   * Outcome#isSuccess} tells whether an attempt succeeded, because endpoints can differ.
   */
  public boolean isSuccess() {
    return status / 100 == 2;
  }
}
