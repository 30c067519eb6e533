package dev.hookferry.http.words;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Explains an outcome and suggests what to do about it. */
public final class OutcomeAdvice {
  /** The subject of the sentences for operators; customers read {@code advice.you}. */
  private static final String RECEIVER = "The receiver";

  /** The causes that have a short hint about what to check. */
  private static final Set<String> HINTED =
      Set.of(
          "http-2xx",
          "http-3xx",
          "http-400",
          "http-401",
          "http-404",
          "http-410",
          "http-413",
          "http-429",
          "http-503",
          "http-5xx",
          "timeout",
          "connect-timeout",
          "connect-error",
          "connection-closed",
          "dns-error",
          "tls-error",
          "blocked-address");

  /** Phrases with which receivers reject a signature, its timestamp, or other credentials. */
  private static final Pattern SIGNATURE = Pattern.compile("signature|hmac");

  private static final Pattern TIME =
      Pattern.compile("timestamp|too old|clock|stale|signature (has )?expired|expired signature");
  private static final Pattern CREDENTIALS =
      Pattern.compile("api[ _-]?key|token|bearer|basic |credential|password|jwt");

  /** Phrases of web frameworks that mistake a webhook for a form without a CSRF token. */
  private static final Pattern FORGERY = Pattern.compile("[cx]srf|authenticity|forgery");

  /** The name of a JSON member, which is ignored: many error bodies have a {@code timestamp}. */
  private static final Pattern NAME = Pattern.compile("\"[^\"\\\\]*\"\\s*:");

  /** Phrases with which receivers report that something other than the URL was not found. */
  private static final Pattern MISSING =
      Pattern.compile(
          "\\b(?!page|route|url|path|resource|endpoint|handler|error|http|file|was|is)[a-z]+"
              + "[ _-]not[ _-]found|no such|unknown|does not exist");

  private OutcomeAdvice() {}

  /** Returns the advice in English, for operators, including the target of a redirect. */
  public static String of(Outcome outcome) {
    return text(said(outcome)) + target(outcome.response());
  }

  /** Returns the cause of an outcome, refined by the receiver's response where possible. */
  private static String said(Outcome outcome) {
    String cause = cause(outcome.kind(), outcome.statusCode());
    String words = words(outcome.response());
    return switch (cause) {
      case "http-400" -> SIGNATURE.matcher(words).find() ? ofSignature(words) : cause;
      case "http-401" -> {
        boolean isSignature = SIGNATURE.matcher(words).find() || TIME.matcher(words).find();
        boolean isCredentials = CREDENTIALS.matcher(words).find() && !FORGERY.matcher(words).find();
        yield isSignature == isCredentials
            ? cause
            : isSignature ? ofSignature(words) : "said-credentials";
      }
      case "http-404" ->
          outcome.statusCode() == 404 && MISSING.matcher(words).find() ? "said-missing" : cause;
      default -> cause;
    };
  }

  private static String ofSignature(String words) {
    return TIME.matcher(words).find() ? "said-time" : "said-signature";
  }

  /**
   * Returns the text of a response in lower case: its authentication challenge and, unless it is an
   * HTML page, its body without the names of JSON members.
   */
  private static String words(@Nullable Response response) {
    if (response == null) {
      return "";
    }
    String body = response.body().text().strip();
    String challenge = response.headers().first("WWW-Authenticate");
    String said = body.startsWith("<") ? "" : NAME.matcher(body).replaceAll(" ");
    return (said + " " + challenge).toLowerCase(Locale.ROOT);
  }

  private static String text(String cause) {
    return Words.ENGLISH.text("advice." + cause, RECEIVER);
  }

  private static String target(@Nullable Response response) {
    if (response == null || !isRedirect(response.status())) {
      return "";
    }
    String target = response.headers().first("Location");
    return target.isEmpty() ? "" : " It points to " + target + ".";
  }

  /** Returns the advice in a language, for customers, who do not see the target of a redirect. */
  public static String of(Outcome outcome, Words words) {
    return words.text("advice." + said(outcome), words.text("advice.you"));
  }

  /** Returns a short hint about what customers should check; empty if there is none. */
  public static String hint(Outcome outcome, Words words) {
    String cause = cause(outcome.kind(), outcome.statusCode());
    return HINTED.contains(cause) ? words.text("hint." + cause) : "";
  }

  /**
   * Returns the advice in English for the cause of a problem, which is a response status or an
   * outcome code; empty for anything else.
   */
  public static String ofCause(String cause) {
    return cause.matches("[1-5][0-9]{2}")
        ? text("http-" + statusGroup(Integer.parseInt(cause)))
        : OutcomeKind.fromCode(cause).map(kind -> text(cause(kind, 0))).orElse("");
  }

  /** Returns the suffix of the advice's key for a kind of outcome and a status. */
  static String cause(OutcomeKind kind, int status) {
    return switch (kind) {
      case DELIVERED -> isRedirect(status) ? "delivered-3xx" : "delivered";
      case HTTP_ERROR -> "http-" + statusGroup(status);
      default -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    };
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  /** Returns the status or class that stands for all statuses with the same advice. */
  private static String statusGroup(int status) {
    if (isRedirect(status)) {
      return "3xx";
    }
    return switch (status) {
      case 400, 422 -> "400";
      case 401, 403 -> "401";
      case 404, 405 -> "404";
      case 410, 413, 429 -> String.valueOf(status);
      case 502, 503, 504 -> "503";
      default ->
          switch (status / 100) {
            case 2, 3 -> "2xx";
            case 5 -> "5xx";
            default -> "other";
          };
    };
  }
}
