package dev.hookferry.engine;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Payload;
import dev.hookferry.secret.Redactor;
import org.jspecify.annotations.Nullable;

/** Takes our secrets out of what a receiver answered, before anybody sees or keeps it. */
final class Echoes {
  private Echoes() {}

  static Outcome without(Redactor secrets, Outcome outcome) {
    Response response = outcome.response();
    return new Outcome(
        outcome.kind(),
        response == null ? null : clean(secrets, response),
        secrets.clean(outcome.detail()),
        outcome.took());
  }

  /** What is left where it is not known what is secret: how it ended, and the status. */
  static Outcome leftOut(Outcome outcome) {
    Response response = outcome.response();
    return new Outcome(
        outcome.kind(),
        response == null
            ? null
            : new Response(response.status(), Payload.empty(), true, null, response.retryAfter()),
        "the answer was left out",
        outcome.took());
  }

  private static Response clean(Redactor secrets, Response response) {
    return new Response(
        response.status(),
        secrets.clean(response.body(), response.truncated()),
        response.truncated(),
        clean(secrets, response.contentType()),
        clean(secrets, response.retryAfter()));
  }

  private static @Nullable String clean(Redactor secrets, @Nullable String text) {
    return text == null ? null : secrets.clean(text);
  }
}
