package dev.hookferry.http.console.portal.forms;

import dev.hookferry.http.console.portal.forms.PhraseRules.Rule;
import dev.hookferry.http.words.Words;
import java.util.List;

/** Reasons why a signature does not match, in a customer's language. */
public final class MismatchWords {
  private static final PhraseRules RULES =
      new PhraseRules(
          List.of(
              Rule.of("(.*) is not a number of seconds", "mismatch.number"),
              Rule.of("(.*) is too old: .*", "mismatch.old"),
              Rule.of("(.*) is in the future: .*", "mismatch.future"),
              Rule.of(".*ended without its last line break: .*", "mismatch.without-end"),
              Rule.of(
                  ".*ended without its last line break \\(CR LF\\): .*", "mismatch.without-crlf"),
              Rule.of(".*ended with a line break: .*", "mismatch.with-end"),
              Rule.of(".*no white space between its tokens: .*", "mismatch.compact"),
              Rule.of("the secret is wrong, or the body was changed, .*", "mismatch.wrong"),
              Rule.of(".*the secret had no spaces around it", "mismatch.spaces"),
              Rule.of("signed with the secret as text; .*", "mismatch.decode"),
              Rule.of("signed with the decoded secret; .*", "mismatch.as-text"),
              Rule.of("a part of the signature header is missing", "mismatch.part"),
              Rule.of(
                  "the message has no (.*) but (.*), which the profile (.*) writes",
                  "mismatch.absent-but"),
              Rule.of("the message has no (.*)", "mismatch.absent")),
          MismatchWords::part);

  private MismatchWords() {}

  /** Returns a reason in a visitor's language, or unchanged if there is no translation. */
  public static String of(String why, Words words) {
    return RULES.translated(why, words).orElse(why);
  }

  private static Object part(String text, Words words) {
    return text.equals("the timestamp") ? words.text("mismatch.timestamp") : text;
  }
}
