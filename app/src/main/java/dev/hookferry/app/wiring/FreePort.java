package dev.hookferry.app.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Checks that a port is free before a start that could fail leaves anything behind. */
public final class FreePort {
  private FreePort() {}

  /**
   * Checks that this process can listen on an address.
   *
   * @param flag the option that sets the port, for the error message
   * @throws UncheckedIOException if it cannot
   */
  public static void require(InetSocketAddress place, String flag) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(place);
    } catch (IOException e) {
      // Not the original exception as the cause: its message would be appended to this one.
      String text = text(place, flag, e);
      throw new UncheckedIOException(text, new BindException(text));
    }
  }

  /** Returns the error message for an address that cannot be bound. */
  public static String text(InetSocketAddress place, String flag, IOException e) {
    String address = place.getAddress().getHostAddress() + ":" + place.getPort();
    String reason = String.valueOf(e.getMessage());
    return e instanceof BindException && reason.contains("in use")
        ? ("another process listens on " + address)
            + ("; stop that process, or choose another port with " + flag)
        : "cannot listen on " + address + ": " + reason;
  }
}
