package dev.hookferry.http.console.text;

import dev.hookferry.delivery.Outcome;
import java.util.Locale;

/** Explains an outcome and suggests what to do about it. */
public final class OutcomeAdvice {
  private OutcomeAdvice() {}

  /** Returns the sentence in English. */
  public static String of(Outcome outcome) {
    return of(outcome, Words.ENGLISH);
  }

  /** Returns the sentence in a language. */
  public static String of(Outcome outcome, Words words) {
    return words.text("advice." + cause(outcome));
  }

  /** Returns the last part of the key of its sentence. */
  static String cause(Outcome outcome) {
    return switch (outcome.kind()) {
      case DELIVERED -> outcome.statusCode() / 100 == 3 ? "delivered-3xx" : "delivered";
      case HTTP_ERROR -> "http-" + answered(outcome.statusCode());
      default -> outcome.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    };
  }

  /** Returns the statuses that share a sentence, by one of them. */
  private static String answered(int status) {
    return switch (status) {
      case 400, 422 -> "400";
      case 401, 403 -> "401";
      case 404, 405 -> "404";
      case 410, 413, 429 -> String.valueOf(status);
      case 502, 503, 504 -> "503";
      default ->
          switch (status / 100) {
            case 2, 3, 5 -> status / 100 + "xx";
            default -> "other";
          };
    };
  }
}
