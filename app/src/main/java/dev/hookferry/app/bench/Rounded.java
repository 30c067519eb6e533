package dev.hookferry.app.bench;

import java.math.BigDecimal;
import java.math.MathContext;

/** Figures without digits that mean nothing. */
final class Rounded {
  private static final MathContext FOUR = new MathContext(4);

  private Rounded() {}

  /** To four digits, or to the unit above that. */
  static BigDecimal of(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal rounded =
        Math.abs(value) >= 1000
            ? BigDecimal.valueOf(Math.round(value))
            : exact.round(FOUR).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
