package dev.hookferry.engine.send;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.event.Payload;
import dev.hookferry.secret.Redactor;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Redacts Hookferry's secrets from responses before they are shown or stored. */
public final class ResponseRedaction {
  private ResponseRedaction() {}

  static Outcome without(Redactor secrets, Outcome outcome) {
    Response response = outcome.response();
    Response clean = response == null ? null : clean(secrets, response);
    String detail = secrets.clean(outcome.detail());
    return Objects.equals(clean, response) && detail.equals(outcome.detail())
        ? outcome
        : outcome.redacted(clean, detail);
  }

  /**
   * Returns the outcome to store. A failure of the redaction never changes how the attempt ended;
   * if redaction fails, the response's content is dropped.
   */
  public static Outcome kept(
      Supplier<Outcome> cleaning, Outcome outcome, Consumer<Throwable> fault) {
    try {
      return cleaning.get();
    } catch (RuntimeException | Error e) {
      fault.accept(e);
    }
    try {
      return leftOut(outcome);
    } catch (RuntimeException | Error e) {
      return Outcome.failed(
          OutcomeKind.WORKER_DIED, "the attempt has no outcome: " + e, Duration.ZERO);
    }
  }

  /** Returns the outcome without content: only kind, status and {@code Retry-After}. */
  private static Outcome leftOut(Outcome outcome) {
    Response response = outcome.response();
    return outcome.redacted(
        response == null
            ? null
            : new Response(response.status(), Payload.empty(), true, null, response.retryAfter()),
        "the response was omitted");
  }

  private static Response clean(Redactor secrets, Response response) {
    Payload body = secrets.clean(response.body(), response.truncated());
    @Nullable String contentType = clean(secrets, response.contentType());
    @Nullable String retryAfter = clean(secrets, response.retryAfter());
    ResponseHeaders headers = clean(secrets, response.headers());
    return body.equals(response.body())
            && Objects.equals(contentType, response.contentType())
            && Objects.equals(retryAfter, response.retryAfter())
            && headers.equals(response.headers())
        ? response
        : new Response(
            response.status(), body, response.truncated(), contentType, retryAfter, headers);
  }

  private static ResponseHeaders clean(Redactor secrets, ResponseHeaders headers) {
    if (headers.isEmpty()) {
      return headers;
    }
    Payload all = Payload.of(headers.text());
    Payload clean = secrets.clean(all, headers.isCut());
    return clean.equals(all) ? headers : new ResponseHeaders(clean.text());
  }

  private static @Nullable String clean(Redactor secrets, @Nullable String text) {
    return text == null ? null : secrets.clean(text);
  }
}
