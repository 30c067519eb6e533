package dev.hookferry.http.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Percent-encoding as in the query of a URL. */
final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * Decodes percent-encoding. A plus sign stays a plus sign, since times have offsets. Returns
   * empty if a percent sign lacks its two hex digits or the result is not UTF-8.
   */
  static Optional<String> decoded(String text) {
    if (text.indexOf('%') < 0) {
      return Optional.of(text);
    }
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (i + 2 >= text.length() || !areHex(text.charAt(i + 1), text.charAt(i + 2))) {
          return Optional.empty();
        }
        c = (char) HexFormat.fromHexDigits(text, i + 1, i + 3);
        i += 2;
      }
      bytes[length++] = (byte) c;
    }
    byte[] decoded = Arrays.copyOf(bytes, length);
    return Utf8.isValid(decoded)
        ? Optional.of(new String(decoded, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static boolean areHex(char one, char other) {
    return HexFormat.isHexDigit(one) && HexFormat.isHexDigit(other);
  }
}
