package dev.hookferry.outbound;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Validator for internationalised labels ({@code xn--…}). Rejects labels that two programs could
 * decode differently, or that could map to another name after decoding.
 */
final class InternationalLabel {
  private static final String PREFIX = "xn--";
  private static final int IDEOGRAPHIC_FULL_STOP = 0x3002;
  private static final int COMBINING_GRAPHEME_JOINER = 0x034f;
  private static final int HANGUL_FILLER = 0x3164;
  private static final int NON_JOINER = 0x200c;
  private static final int JOINER = 0x200d;

  // The parameters of Punycode for domain names, RFC 3492.
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int FIRST_BIAS = 72;
  private static final int FIRST_CODE_POINT = 128;

  private final String code;
  private int at;
  private int bias = FIRST_BIAS;

  private InternationalLabel(String code, int at) {
    this.code = code;
    this.at = at;
  }

  /** Returns whether a label has the {@code xn--} prefix. */
  static boolean isClaimed(String label) {
    return label.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  /** Returns whether a prefixed label stands for exactly one text. */
  static boolean isGenuine(String label) {
    @Nullable String text = decode(label.substring(PREFIX.length()).toLowerCase(Locale.ROOT));
    return text != null
        && text.codePoints().anyMatch(c -> c >= FIRST_CODE_POINT)
        && text.codePoints().allMatch(InternationalLabel::isKept)
        && text.equals(Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC));
  }

  /** Returns whether a character is allowed: not one that programs ignore or treat as a dot. */
  private static boolean isKept(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.FORMAT -> c == NON_JOINER || c == JOINER;
      default -> c != IDEOGRAPHIC_FULL_STOP && !isIgnorable(c);
    };
  }

  /** Returns whether Unicode ignores a code point by default; omits those excluded by category. */
  private static boolean isIgnorable(int c) {
    return c == COMBINING_GRAPHEME_JOINER
        || (0x115f <= c && c <= 0x1160)
        || (0x17b4 <= c && c <= 0x17b5)
        || (0x180b <= c && c <= 0x180f)
        || c == HANGUL_FILLER
        || (0xfe00 <= c && c <= 0xfe0f)
        || (0xe0000 <= c && c <= 0xe0fff);
  }

  /** Returns the decoded text, or null if it is malformed. */
  private static @Nullable String decode(String code) {
    int delimiter = code.lastIndexOf('-');
    if (delimiter == 0) {
      return null;
    }
    StringBuilder text = new StringBuilder(code.substring(0, Math.max(0, delimiter)));
    InternationalLabel rest = new InternationalLabel(code, delimiter + 1);
    long point = FIRST_CODE_POINT;
    long index = 0;
    for (boolean first = true; rest.at < code.length(); first = false) {
      long distance = rest.distance();
      int length = text.codePointCount(0, text.length()) + 1;
      index += distance;
      point += index / length;
      index %= length;
      if (distance < 0 || point > Character.MAX_CODE_POINT) {
        return null;
      }
      text.insert(text.offsetByCodePoints(0, (int) index), Character.toString((int) point));
      index++;
      rest.bias = bias(distance, length, first);
    }
    return text.toString();
  }

  /** Returns the distance to the next character, or -1 if it is malformed. */
  private long distance() {
    long sum = 0;
    long weight = 1;
    for (int k = BASE; at < code.length(); k += BASE) {
      int digit = digit(code.charAt(at++));
      int threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
      sum += digit * weight;
      weight *= BASE - threshold;
      if (digit < 0 || sum > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) {
        return -1;
      }
      if (digit < threshold) {
        return sum;
      }
    }
    return -1;
  }

  /** Returns the value of a Punycode digit: letters are 0 to 25, digits 26 to 35, others -1. */
  private static int digit(char c) {
    if (c >= 'a' && c <= 'z') {
      return c - 'a';
    }
    return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
  }

  private static int bias(long distance, int length, boolean first) {
    long delta = first ? distance / DAMP : distance / 2;
    delta += delta / length;
    int k = 0;
    while (delta > (BASE - T_MIN) * T_MAX / 2) {
      delta /= BASE - T_MIN;
      k += BASE;
    }
    return (int) (k + (BASE - T_MIN + 1) * delta / (delta + SKEW));
  }
}
