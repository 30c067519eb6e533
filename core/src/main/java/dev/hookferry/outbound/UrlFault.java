package dev.hookferry.outbound;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.util.List;
import java.util.Locale;

/**
 * Kind of problem with a target URL. Its code is appended to every reason, for programs to parse.
 */
enum UrlFault {
  SYNTAX,
  SCHEME,
  USERINFO,
  PORT,
  HOST,
  ADDRESS;

  static final String FIELD = "url";

  /** Creates a problem of this kind. */
  Problem problem(String reason) {
    return new Problem(FIELD, reason + " (url_" + name().toLowerCase(Locale.ROOT) + ")");
  }

  /** Creates an exception with this single problem. */
  InvalidException refusal(String reason) {
    return new InvalidException(List.of(problem(reason)));
  }
}
