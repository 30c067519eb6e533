package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import dev.hookferry.signing.SignatureForm.Companion;
import dev.hookferry.signing.SignatureForm.Digest;
import dev.hookferry.signing.SignatureVerifier.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Verifies a message according to a {@link SignatureForm}, on the receiver's side. */
final class FormCheck {
  private static final Pattern TIME_WITHIN = Pattern.compile("(?:^|,)t=([^,]*)");
  private static final Pattern NAMES_WITHIN = Pattern.compile("(?:^|,)h=([^,]*)");

  private final SignatureForm form;
  private final SignatureVerifier verifier;
  private final Map<String, String> headers;
  private final Map<String, String> values = new HashMap<>();
  private final @Nullable String given;

  /**
   * Prepares a check.
   *
   * @param headers the headers of the message, with names in lower case
   */
  FormCheck(SignatureForm form, SignatureVerifier verifier, Map<String, String> headers) {
    this.form = form;
    this.verifier = verifier;
    this.headers = headers;
    given = headers.get(form.header().toLowerCase(Locale.ROOT));
    keep("id", headers.get(StandardSignature.ID_HEADER));
    keep("t", headers.get(StandardSignature.TIMESTAMP_HEADER));
    for (Companion companion : form.companions()) {
      String value = companion.value();
      keep(
          value.substring(1, value.length() - 1),
          headers.get(companion.name().toLowerCase(Locale.ROOT)));
    }
    if (given != null) {
      keepWithin(given);
    }
  }

  private void keep(String name, @Nullable String value) {
    if (value != null) {
      values.put(name, value);
    }
  }

  /** Extracts the values that accompany the digests in the signature header. */
  private void keepWithin(String text) {
    boolean hasTime = form.digests().stream().anyMatch(digest -> digest.before().contains("{t}"));
    Matcher time = TIME_WITHIN.matcher(text);
    if (hasTime && time.find()) {
      keep("t", time.group(1));
    }
    Matcher names = NAMES_WITHIN.matcher(text);
    if (names.find()) {
      keep("names", names.group(1));
      keep(
          "values",
          Stream.of(names.group(1).split(" ", -1))
              .map(name -> headers.getOrDefault(name, ""))
              .collect(Collectors.joining(".")));
    }
  }

  Finding check(Payload body, SigningSecret secret, boolean isDecoded) {
    if (given == null || placeholders().anyMatch(name -> !values.containsKey(name))) {
      return Finding.MISSING_HEADER;
    }
    if (placeholders().anyMatch("t"::equals)) {
      String time = values.getOrDefault("t", "");
      Finding untimely = verifier.untimely(time);
      if (untimely != null) {
        return untimely;
      }
    }
    SignedMessage message = new SignedMessage(values::get, body, Map.of());
    SigningKey key = new SigningKey(secret);
    List<String> tokens = List.of(given.split("[ ,]", -1));
    boolean match = false;
    for (Digest digest : form.digests()) {
      String expected = digest.of(key, isDecoded, message);
      String before = message.fill(digest.before());
      String label =
          before.substring(Math.max(before.lastIndexOf(','), before.lastIndexOf(' ')) + 1);
      for (String token : tokens) {
        match |=
            SignatureVerifier.same(label + expected, token)
                || (",".equals(digest.between()) && SignatureVerifier.same(expected, token));
      }
    }
    return match ? Finding.VALID : Finding.NO_MATCH;
  }

  /** Returns the names of all placeholders in the signed strings. */
  private Stream<String> placeholders() {
    return form.digests().stream()
        .flatMap(digest -> Pattern.compile("\\{([a-z]+)}").matcher(digest.text()).results())
        .map(found -> found.group(1));
  }
}
