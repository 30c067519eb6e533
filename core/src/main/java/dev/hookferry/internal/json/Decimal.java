package dev.hookferry.internal.json;

/**
 * The exact value of a JSON number: {@code 0.digits} times ten to the power of {@code magnitude}.
 * Numbers of equal value are equal however they are written. Parsing and comparing take linear
 * time, even with a thousand digits and a huge exponent.
 *
 * @param sign -1, 0 or 1
 * @param magnitude the power of ten; 0 for zero
 * @param digits without zeros at either end; empty for zero
 */
public record Decimal(int sign, long magnitude, String digits) implements Comparable<Decimal> {
  private static final Decimal ZERO = new Decimal(0, 0, "");

  /** Parses the text of a valid JSON number, from {@code from} up to but excluding {@code to}. */
  public static Decimal parse(byte[] json, int from, int to) {
    StringBuilder digits = new StringBuilder(to - from);
    int sign = 1;
    long magnitude = 0;
    boolean fraction = false;
    for (int i = from; i < to; i++) {
      char c = (char) json[i];
      if (c == '-') {
        sign = -1;
      } else if (c == '.') {
        fraction = true;
      } else if (c == 'e' || c == 'E') {
        magnitude += exponent(json, i + 1, to);
        break;
      } else if (c == '0' && digits.isEmpty()) {
        // Leading zeros count only after the decimal point.
        magnitude -= fraction ? 1 : 0;
      } else {
        digits.append(c);
        magnitude += fraction ? 0 : 1;
      }
    }
    int length = digits.length();
    while (length > 0 && digits.charAt(length - 1) == '0') {
      length--;
    }
    return length == 0 ? ZERO : new Decimal(sign, magnitude, digits.substring(0, length));
  }

  private static long exponent(byte[] json, int from, int to) {
    boolean negative = json[from] == '-';
    long value = 0;
    for (int i = negative || json[from] == '+' ? from + 1 : from; i < to; i++) {
      value = value * 10 + (json[i] - '0');
    }
    return negative ? -value : value;
  }

  @Override
  public int compareTo(Decimal other) {
    if (sign != other.sign) {
      return Integer.compare(sign, other.sign);
    }
    int size = Long.compare(magnitude, other.magnitude);
    return sign * (size == 0 ? digits.compareTo(other.digits) : size);
  }
}
