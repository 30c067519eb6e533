package dev.hookferry.http.console.portal.forms;

import dev.hookferry.http.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reasons why a signature does not match, in the language of a customer. */
public final class MismatchWords {
  /** A reason, and the key of the text that takes its place; its groups are the parts of that. */
  private record Rule(Pattern reason, String key) {
    static Rule of(String reason, String key) {
      return new Rule(Pattern.compile(reason), key);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.of("(.*) is not a number of seconds", "mismatch.number"),
          Rule.of("(.*) is too old: .*", "mismatch.old"),
          Rule.of("(.*) is in the future: .*", "mismatch.future"),
          Rule.of(".*ended without its last line break: .*", "mismatch.without-end"),
          Rule.of(".*ended without its last line break \\(CR LF\\): .*", "mismatch.without-crlf"),
          Rule.of(".*ended with a line break: .*", "mismatch.with-end"),
          Rule.of(".*no white space between its tokens: .*", "mismatch.compact"),
          Rule.of("the secret is wrong, or the body was changed, .*", "mismatch.wrong"),
          Rule.of(".*the secret had no spaces around it", "mismatch.spaces"),
          Rule.of(".*the key were the text of the secret: .*", "mismatch.decode"),
          Rule.of(".*the key were what the base64 .*", "mismatch.as-text"),
          Rule.of("a part of the signature header is missing", "mismatch.part"),
          Rule.of(
              "the message has no (.*) but (.*), which the profile (.*) writes",
              "mismatch.absent-but"),
          Rule.of("the message has no (.*)", "mismatch.absent"));

  private MismatchWords() {}

  /** Returns a reason in a visitor's language, or as it is if it is not a usual one. */
  public static String of(String why, Words words) {
    for (Rule rule : RULES) {
      Matcher matcher = rule.reason().matcher(why);
      if (matcher.matches()) {
        List<String> parts = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
          parts.add(
              matcher.group(i).equals("the timestamp")
                  ? words.text("mismatch.timestamp")
                  : matcher.group(i));
        }
        return words.text(rule.key(), parts.toArray());
      }
    }
    return why;
  }
}
