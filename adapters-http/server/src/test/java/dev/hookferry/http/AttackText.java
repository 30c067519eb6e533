package dev.hookferry.http;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Inputs that a table of attacks refers to by name, because they are long or not text. */
final class AttackText {
  private static final Pattern REPEAT = Pattern.compile("\\$\\{repeat:([0-9]+):([^}]*)}");
  private static final Pattern NESTED = Pattern.compile("\\$\\{nested-object:([0-9]+)}");
  private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

  private AttackText() {}

  /** Puts in {@code ${repeat:N:S}} and {@code ${nested-object:N}}. */
  static String grown(String text) {
    String repeated =
        REPEAT.matcher(text).replaceAll(m -> m.group(2).repeat(Integer.parseInt(m.group(1))));
    return NESTED
        .matcher(repeated)
        .replaceAll(
            m -> {
              int depth = Integer.parseInt(m.group(1));
              return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
            });
  }

  /** Puts in {@code \xHH}, one character a byte. */
  static String withBytes(String text) {
    return BYTE.matcher(text).replaceAll(AttackText::rawByte);
  }

  private static String rawByte(MatchResult match) {
    return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16)));
  }
}
