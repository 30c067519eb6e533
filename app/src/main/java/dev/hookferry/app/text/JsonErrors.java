package dev.hookferry.app.text;

import com.fasterxml.jackson.core.JsonProcessingException;

/** Reasons why a text is not JSON, for people. */
public final class JsonErrors {
  /** A part of Jackson's messages that tells nothing to users. */
  private static final String PLACE = " \\(start marker at .*";

  private JsonErrors() {}

  /** Returns the reason with its line, such as {@code line 2: Unexpected character ('}' …)}. */
  public static String reason(JsonProcessingException failure) {
    String message = failure.getOriginalMessage().lines().findFirst().orElse("");
    return "line " + failure.getLocation().getLineNr() + ": " + message.replaceFirst(PLACE, "");
  }
}
