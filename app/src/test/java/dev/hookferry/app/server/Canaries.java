package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.support.Poll;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/**
 * Listens at every address and records which ones were reached. At the few permitted ones, it is a
 * receiver: with TLS at port 443, without at port 80.
 */
final class Canaries implements AutoCloseable {
  private static final SSLContext TLS = Certificate.GOOD.context();

  private final Set<InetAddress> allowed;
  private final List<String> reached = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<ServerSocket> servers = new ArrayList<>();

  Canaries(Collection<Integer> ports, Set<InetAddress> allowed) throws IOException {
    this.allowed = allowed;
    for (int port : ports) {
      ServerSocket server = new ServerSocket();
      server.bind(new InetSocketAddress("::", port), 500);
      servers.add(server);
      Thread thread = new Thread(() -> accept(server), "canary-" + port);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void accept(ServerSocket server) {
    while (true) {
      try {
        Socket socket = server.accept();
        int port = socket.getLocalPort();
        if (allowed.contains(socket.getLocalAddress()) && (port == 443 || port == 80)) {
          answer(socket);
        } else {
          reached.add(socket.getLocalAddress().getHostAddress() + " port " + port);
          socket.close();
        }
      } catch (IOException e) {
        if (server.isClosed()) {
          return;
        }
      }
    }
  }

  private void answer(Socket plain) throws IOException {
    plain.setSoTimeout(120_000);
    boolean secure = plain.getLocalPort() == 443;
    String at = plain.getLocalAddress().getHostAddress();
    try (Socket socket = secure ? TLS.getSocketFactory().createSocket(plain, null, true) : plain;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = socket.getOutputStream()) {
      String line = in.readLine();
      requests.add(at + " " + line);
      boolean redirect = line != null && line.contains("/redirect");
      String status =
          redirect ? "302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/" : "200 OK";
      String answer = "HTTP/1.1 " + status + "\r\nAlt-Svc: h2=\"127.0.0.1:22\"\r\n";
      out.write(
          (answer + "Connection: close\r\nContent-Length: 0\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** That a connection to each of these would be noticed. */
  void prove(List<String> addresses, int port) throws IOException {
    for (String address : addresses) {
      new Socket(InetAddress.getByName(address), port).close();
    }
    Poll.until(() -> reached.size() >= addresses.size());
    assertThat(reached).hasSameSizeAs(addresses);
    reached.clear();
  }

  /** The addresses that were reached and must not be. */
  List<String> reached() {
    return reached;
  }

  /** The requests that came to the addresses that may be reached. */
  List<String> requests() {
    return requests;
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket server : servers) {
      server.close();
    }
  }
}
