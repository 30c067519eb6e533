package dev.hookferry.app.cli;

/**
 * A port of TCP.
 *
 * @param number 0 for any that is free
 */
record Port(int number) {
  private static final int LAST = 65_535;

  Port {
    if (number < 0 || number > LAST) {
      throw new IllegalArgumentException("no port: " + number);
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Port parse(String text) {
    return new Port(Integer.parseInt(text));
  }
}
