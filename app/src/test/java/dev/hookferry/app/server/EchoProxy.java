package dev.hookferry.app.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A proxy that opens no connection, and echoes the credentials that it received. */
final class EchoProxy implements AutoCloseable {
  static final String USER = "hookferry";
  static final String PASSWORD = "pr0xy/s3cr3t+==";

  private final ServerSocket server;

  EchoProxy() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::serve, "echo-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** The egress through it, as a flag. */
  String egress() {
    return "name=drill;proxy=http://127.0.0.1:"
        + server.getLocalPort()
        + ";user="
        + USER
        + ";password="
        + PASSWORD;
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder(PASSWORD);
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
          said.append(' ').append(line);
        }
        String reply = "HTTP/1.1 403 " + said + "\r\nX-Echo: " + said + "\r\n\r\n" + said;
        client.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // The client went away, or the test ended.
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
