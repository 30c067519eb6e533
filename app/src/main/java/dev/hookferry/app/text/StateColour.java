package dev.hookferry.app.text;

import java.util.Set;
import java.util.regex.Pattern;

/** Terminal colour of a state word. The word itself is also always printed. */
public enum StateColour {
  /** Success or normal operation. */
  GOOD("32"),
  /** Degraded, or waiting for a user. */
  DOUBTFUL("33"),
  /** Failure. */
  BAD("31"),
  /** No colour. */
  NONE("");

  private static final Set<String> GOOD_WORDS =
      Set.of("delivered", "working", "done", "ok", "relaying");
  private static final Set<String> DOUBTFUL_WORDS =
      Set.of("paused", "held", "blocked", "backing", "failing", "rate", "retrying", "warning");
  private static final Set<String> BAD_WORDS =
      Set.of(
          "exhausted",
          "poisoned",
          "disabled",
          "failure",
          "timeout",
          "connect_timeout",
          "connection_closed",
          "blocked_address",
          "not_routable",
          "worker_died");

  private static final Pattern HTTP_STATUS = Pattern.compile("[1-5][0-9]{2}");

  private final String code;

  StateColour(String code) {
    this.code = code;
  }

  /** Returns the colour of a state such as {@code delivered 200} or {@code disabled: gone}. */
  public static StateColour of(String state) {
    String word = state.split("[ :]", 2)[0];
    if (HTTP_STATUS.matcher(state).matches()) {
      return state.startsWith("2") ? GOOD : BAD;
    }
    if (GOOD_WORDS.contains(word)) {
      return GOOD;
    }
    if (BAD_WORDS.contains(word) || word.endsWith("_error") || word.endsWith("_failed")) {
      return BAD;
    }
    return DOUBTFUL_WORDS.contains(word) ? DOUBTFUL : NONE;
  }

  /** Returns the text between the escape codes of the colour. */
  public String paint(String text) {
    return code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
