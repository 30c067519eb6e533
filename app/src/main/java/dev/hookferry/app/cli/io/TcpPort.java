package dev.hookferry.app.cli.io;

/**
 * A TCP port.
 *
 * @param number 0 to 65535; 0 for any free port
 */
public record TcpPort(int number) {
  private static final int LAST = 65_535;

  public TcpPort {
    if (number < 0 || number > LAST) {
      throw new IllegalArgumentException("not a TCP port: " + number);
    }
  }

  /**
   * Parses a port.
   *
   * @throws IllegalArgumentException if the text is not a number from 0 to 65535
   */
  public static TcpPort parse(String text) {
    return new TcpPort(Integer.parseInt(text));
  }
}
