package dev.hookferry.app.console;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A SOCKS 5 proxy that connects to this machine, whatever the host name. */
final class LoopbackProxy implements AutoCloseable {
  private static final byte[] NO_LOGIN = {5, 0};
  private static final byte[] CONNECTED = {5, 0, 0, 1, 0, 0, 0, 0, 0, 0};
  private static final int IPV4 = 1;
  private static final int NAME = 3;

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  LoopbackProxy() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        threads.execute(() -> connect(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      in.skipNBytes(1);
      in.skipNBytes(in.readUnsignedByte());
      out.write(NO_LOGIN);
      in.skipNBytes(3);
      in.skipNBytes(
          switch (in.readUnsignedByte()) {
            case IPV4 -> 4;
            case NAME -> in.readUnsignedByte();
            default -> 16;
          });
      int port = in.readUnsignedShort();
      try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
        out.write(CONNECTED);
        threads.execute(() -> pass(client, target));
        pass(target, client);
      }
    } catch (IOException e) {
      // One of the ends went away.
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of the ends went away.
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
