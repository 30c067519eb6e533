package dev.hookferry.outbound;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.util.List;
import java.util.Locale;

/** What can be wrong with a target; its code ends every reason, for programs to read. */
enum UrlFault {
  SYNTAX,
  SCHEME,
  USERINFO,
  PORT,
  HOST,
  ADDRESS;

  static final String FIELD = "url";

  /** A problem of this kind. */
  Problem problem(String reason) {
    return new Problem(FIELD, reason + " (url_" + name().toLowerCase(Locale.ROOT) + ")");
  }

  /** A refusal for this one reason. */
  InvalidException refusal(String reason) {
    return new InvalidException(List.of(problem(reason)));
  }
}
