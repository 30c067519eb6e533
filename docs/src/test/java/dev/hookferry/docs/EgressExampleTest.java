package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page on egresses do what it says, in their order. */
class EgressExampleTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer receiver;
  private ServerSocket proxy;
  private ManualServer server;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    receiver = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    proxy = new ServerSocket(0, 50, loopback);
    daemon(this::accept);
    Files.writeString(folder.resolve("proxy-password"), "s3cret\n");
    Files.writeString(
        folder.resolve("hookferry.yaml"), local(ManualPage.blocks("egress.md", "yaml").get(0)));
    server = ManualServer.inMemory(folder);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    receiver.stop(0);
    proxy.close();
  }

  @Test
  void theCommandsDoWhatThePageSays() throws IOException {
    List<String> printed = new ArrayList<>();
    ManualPage.blocks("egress.md", "sh").get(0).lines().forEach(line -> printed.add(run(line)));

    assertThat(printed.get(0)).contains("delivered 204");
    assertThat(printed.get(3)).contains("egress").contains("main").contains("endpoint");
    assertThat(printed.get(5)).contains("delivered 204");
    assertThat(printed.get(6)).contains("egress main: waited ");
    assertThat(printed.get(7)).contains("EGRESS").contains("tunnel").contains("straight");
    assertThat(asked)
        .isNotEmpty()
        .allMatch(
            head ->
                head.startsWith("CONNECT 127.0.0.1:" + receiver.getAddress().getPort())
                    && head.contains("Proxy-Authorization: Basic aG9va2ZlcnJ5OnMzY3JldA=="));
    assertThat(printed.toString()).doesNotContain("s3cret");
  }

  private void accept() {
    while (true) {
      try {
        Socket client = proxy.accept();
        daemon(() -> connect(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  /** Speaks CONNECT, to any address that it is asked for. */
  private void connect(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      StringBuilder head = new StringBuilder();
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      asked.add(head.toString());
      String authority = head.toString().split(" ", -1)[1];
      int port = Integer.parseInt(authority.substring(authority.indexOf(':') + 1));
      try (Socket there = new Socket("127.0.0.1", port)) {
        client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        daemon(() -> pump(there, client));
        pump(client, there);
      }
    } catch (IOException e) {
      // The client went away.
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of them went away.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "egress-example");
    thread.setDaemon(true);
    thread.start();
  }

  private String local(String text) {
    return text.replace(
            "https://crm.example", "http://127.0.0.1:" + receiver.getAddress().getPort())
        .replaceAll("proxy-[12].internal:3128", "127.0.0.1:" + proxy.getLocalPort())
        .replace("/etc/hookferry", folder.toString());
  }

  private String run(String line) {
    return server.typed(local(line));
  }
}
