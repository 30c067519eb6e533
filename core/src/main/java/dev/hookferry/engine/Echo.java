package dev.hookferry.engine;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of what a receiver answered: it may send back what it was sent, and answers are
 * kept in the log. Each byte of one becomes a star. Thread-safe.
 */
final class Echo {
  /** What is shorter says nothing, and would blot out whatever an answer is about. */
  static final int LEAST = 6;

  private static final int LEAST_BEGINNING = 4;

  /** A header of that length was cut. */
  private static final int LONGEST_HEADER = 200;

  private final List<byte[]> secrets;

  private Echo(List<byte[]> secrets) {
    this.secrets = secrets;
  }

  /**
   * For these secrets, raw and as they look inside of JSON.
   *
   * @param headers values of headers: of {@code Bearer abc} the second word is secret alone too, of
   *     {@code Basic abc} also what it encodes
   * @param keys which are never sent, but are known to the receiver
   */
  static Echo of(Collection<String> headers, Collection<String> keys) {
    return new Echo(
        Stream.concat(headers.stream().flatMap(Echo::parts), keys.stream())
            .flatMap(Echo::spellings)
            .filter(text -> text.length() >= LEAST)
            .distinct()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList());
  }

  private static Stream<String> parts(String value) {
    String[] words = value.split(" ", 2);
    if (words.length == 1) {
      return Stream.of(value);
    }
    String credentials = words[1].strip();
    return Stream.concat(Stream.of(value, credentials), decoded(words[0], credentials));
  }

  private static Stream<String> decoded(String scheme, String credentials) {
    if (!scheme.equalsIgnoreCase("basic")) {
      return Stream.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(credentials);
      String pair = new String(bytes, StandardCharsets.UTF_8);
      return Stream.of(pair, pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException e) {
      return Stream.empty();
    }
  }

  private static Stream<String> spellings(String text) {
    String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return Stream.of(text, quoted, quoted.replace("/", "\\/"));
  }

  /** The same outcome without the secrets. */
  Outcome removedFrom(Outcome outcome) {
    Response response = outcome.response();
    if (response == null || secrets.isEmpty()) {
      return outcome;
    }
    Response clean =
        new Response(
            response.status(),
            clean(response.body(), response.truncated()),
            response.truncated(),
            clean(response.contentType()),
            clean(response.retryAfter()));
    return new Outcome(outcome.kind(), clean, outcome.detail(), outcome.took());
  }

  private @Nullable String clean(@Nullable String text) {
    return text == null ? null : clean(Payload.of(text), text.length() >= LONGEST_HEADER).text();
  }

  private Payload clean(Payload answer, boolean cut) {
    byte[] found = answer.unsafeBytes();
    byte[] clean = found;
    for (byte[] secret : secrets) {
      for (int at = 0; at < found.length; at++) {
        int equal = equalBytes(found, at, secret);
        boolean isWhole = equal == secret.length;
        boolean isCutOff = cut && at + equal == found.length && equal >= LEAST_BEGINNING;
        if (isWhole || isCutOff) {
          clean = clean == found ? found.clone() : clean;
          Arrays.fill(clean, at, at + equal, (byte) '*');
        }
      }
    }
    return clean == found ? answer : Payload.wrap(clean);
  }

  private static int equalBytes(byte[] text, int at, byte[] secret) {
    int equal = 0;
    while (equal < secret.length && at + equal < text.length && text[at + equal] == secret[equal]) {
      equal++;
    }
    return equal;
  }
}
