package dev.hookferry.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Encodings in which programs may echo a secret. */
final class SecretEncodings {
  /** Prefixes of secrets that contain base64. */
  private static final List<String> PREFIXES = List.of("whsec_", "whsk_");

  /** Length in bytes of an Ed25519 private key; the public key follows it. */
  private static final int PRIVATE_KEY = 32;

  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

  private SecretEncodings() {}

  /** Returns the secret and its sensitive parts, verbatim and in every encoding. */
  static Set<String> of(String secret) {
    Set<String> all = new LinkedHashSet<>();
    for (String part : parts(secret)) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      escaped(part, all);
      encoded(bytes, all);
    }
    PREFIXES.stream()
        .filter(secret::startsWith)
        .map(prefix -> decoded(secret.substring(prefix.length())))
        .forEach(
            bytes -> {
              encoded(bytes, all);
              if (bytes.length == 2 * PRIVATE_KEY) {
                encoded(Arrays.copyOf(bytes, PRIVATE_KEY), all);
              }
            });
    return all;
  }

  /**
   * Returns the secret and its parts: the text after a known prefix, the credential of a header
   * value with a scheme and, for Basic, the name with the password and the password alone.
   */
  private static Set<String> parts(String secret) {
    Set<String> parts = new LinkedHashSet<>(Set.of(secret));
    PREFIXES.stream()
        .filter(secret::startsWith)
        .forEach(prefix -> parts.add(secret.substring(prefix.length())));
    int blank = secret.indexOf(' ');
    if (blank > 0) {
      String credential = secret.substring(blank + 1).strip();
      parts.add(credential);
      if (secret.substring(0, blank).equalsIgnoreCase("basic")) {
        String pair = new String(decoded(credential), StandardCharsets.UTF_8);
        parts.add(pair);
        parts.add(pair.substring(pair.indexOf(':') + 1));
      }
    }
    return parts;
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static void escaped(String text, Set<String> target) {
    target.add(text);
    String json = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t");
    target.add(json);
    target.add(json.replace("/", "\\/"));
    String html = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    target.add(html);
    target.add(html.replace("\"", "&quot;").replace("'", "&#39;"));
    target.add(html.replace("\"", "&#34;").replace("'", "&#x27;"));
    String url = URLEncoder.encode(text, StandardCharsets.UTF_8);
    for (String form : new String[] {url, url.replace("+", "%20")}) {
      target.add(form);
      target.add(ESCAPE.matcher(form).replaceAll(m -> m.group().toLowerCase(Locale.ROOT)));
    }
  }

  private static void encoded(byte[] bytes, Set<String> target) {
    target.add(HexFormat.of().formatHex(bytes));
    target.add(HexFormat.of().withUpperCase().formatHex(bytes));
    for (int before = 0; before < 3; before++) {
      String inner = inner(bytes, before);
      target.add(inner);
      target.add(inner.replace("/", "\\/"));
      target.add(inner.replace('+', '-').replace('/', '_'));
      target.add(inner.replace("+", "%2B").replace("/", "%2F"));
    }
  }

  /**
   * Returns the base64 characters that do not depend on the surrounding bytes.
   *
   * @param before the offset within a group of three bytes
   */
  private static String inner(byte[] bytes, int before) {
    byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int from = (before * 8 + 5) / 6;
    int to = Math.max(from, shifted.length * 8 / 6);
    return text.substring(Math.min(from, text.length()), Math.min(to, text.length()));
  }

  /** Returns all encodings as bytes, longest first, omitting those that are too short. */
  static byte[][] bytes(Iterable<String> secrets, int shortest) {
    Set<String> all = new LinkedHashSet<>();
    for (String secret : secrets) {
      all.addAll(of(secret));
    }
    return all.stream()
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .filter(bytes -> bytes.length >= shortest)
        .sorted((a, b) -> a.length == b.length ? Arrays.compare(a, b) : b.length - a.length)
        .toArray(byte[][]::new);
  }
}
