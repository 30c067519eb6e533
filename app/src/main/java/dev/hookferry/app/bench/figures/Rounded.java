package dev.hookferry.app.bench.figures;

import java.math.BigDecimal;
import java.math.MathContext;

/** Rounds figures to significant digits. */
public final class Rounded {
  private static final MathContext FOUR = new MathContext(4);

  private Rounded() {}

  /** Rounds to four significant digits, or to a whole number from 1000 on. */
  public static BigDecimal of(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal rounded =
        Math.abs(value) >= 1000
            ? BigDecimal.valueOf(Math.round(value))
            : exact.round(FOUR).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
