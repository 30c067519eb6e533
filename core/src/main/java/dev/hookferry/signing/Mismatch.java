package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import dev.hookferry.signing.SignatureVerifier.Finding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains why a signature does not match by trying common mistakes. */
final class Mismatch {
  private Mismatch() {}

  /**
   * Returns an explanation; empty if the signature is valid.
   *
   * @param time the name of the signature's timestamp, for messages
   * @param absent an explanation of which header is missing
   * @param check verifies the signature against a different body
   */
  static String explain(
      Finding finding, String time, String absent, Payload body, Function<Payload, Finding> check) {
    return switch (finding) {
      case VALID -> "";
      case MISSING_HEADER -> absent;
      case MALFORMED_TIMESTAMP -> time + " is not a number of seconds";
      case TOO_OLD -> time + " is too old: the message may be a replay";
      case TOO_NEW -> time + " is in the future: one of the two clocks is wrong";
      case NO_MATCH -> mistake(body, check);
    };
  }

  private static String mistake(Payload body, Function<Payload, Finding> check) {
    Map<String, Payload> variants = new TreeMap<>();
    byte[] bytes = body.toBytes();
    variants.put("the body ended without its last line break", without(bytes, "\n"));
    variants.put("the body ended without its last line break (CR LF)", without(bytes, "\r\n"));
    variants.put("the body ended with a line break", Payload.of(body.text() + "\n"));
    variants.put("the body had no white space between its tokens", CompactJson.of(body));
    return variants.entrySet().stream()
        .filter(variant -> check.apply(variant.getValue()) == Finding.VALID)
        .map(variant -> "it would match if " + variant.getKey() + ": these are not the bytes sent")
        .findFirst()
        .orElse(
            "the secret is wrong, or the body was changed, for instance parsed and serialized"
                + " again");
  }

  /**
   * Returns a clause that names the headers missing from a message.
   *
   * @param lower the message's headers, with names in lower case
   */
  static String absent(Map<String, String> lower, String... needed) {
    return Stream.of(needed)
        .filter(name -> !lower.containsKey(name.toLowerCase(Locale.ROOT)))
        .collect(Collectors.joining(", ", "the message has no ", ""));
  }

  private static Payload without(byte[] bytes, String end) {
    int kept = bytes.length - end.length();
    boolean ends =
        kept >= 0 && new String(bytes, kept, end.length(), StandardCharsets.US_ASCII).equals(end);
    return Payload.wrap(ends ? Arrays.copyOf(bytes, kept) : bytes.clone());
  }
}
