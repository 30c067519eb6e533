package dev.hookferry.app.cli.io;

/**
 * A port of TCP.
 *
 * @param number 0 for any that is free
 */
public record TcpPort(int number) {
  private static final int LAST = 65_535;

  public TcpPort {
    if (number < 0 || number > LAST) {
      throw new IllegalArgumentException("no port: " + number);
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static TcpPort parse(String text) {
    return new TcpPort(Integer.parseInt(text));
  }
}
