package dev.hookferry.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.hookferry.app.receiver.Received;
import dev.hookferry.app.receiver.Receiver;
import dev.hookferry.app.receiver.ReceiverReply;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiClientTest {
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void theKeyIsNotSentAlongARedirect(int status) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    List<Received> elsewhere = new CopyOnWriteArrayList<>();
    HttpServer named = HttpServer.create(any, 0);
    try (Receiver trap =
        Receiver.start(
            any,
            InstantSource.system(),
            request -> {
              elsewhere.add(request);
              return ReceiverReply.of(200);
            })) {
      named.createContext(
          "/",
          exchange -> {
            exchange.getResponseHeaders().add("Location", trap.address() + "/hook");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      named.start();
      ApiClient client =
          new ApiClient(URI.create("http://127.0.0.1:" + named.getAddress().getPort()), "hush");
      assertThatThrownBy(() -> client.get(Path.of("sites")))
          .hasMessageContaining("redirects to " + trap.address() + "/hook")
          .hasMessageContaining("--server");
      assertThat(elsewhere).isEmpty();
    } finally {
      named.stop(0);
    }
  }

  @Test
  void aWrongProtocolIsNamed() throws IOException {
    // Not the JDK's server: on Java 25 it waits for more where it should refuse.
    byte[] refusal =
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      answerEach(
          plain,
          connection -> {
            int unused = connection.getInputStream().read(new byte[1 << 16]);
            connection.getOutputStream().write(refusal);
            connection.shutdownOutput();
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
          });
      String authority = "127.0.0.1:" + plain.getLocalPort();
      ApiClient client = new ApiClient(URI.create("https://" + authority), null);
      assertThatThrownBy(() -> client.get(Path.of("sites")))
          .hasMessage(authority + " speaks plain HTTP; use http://" + authority);
    }
  }

  @Test
  void aPageIsShownOnOneShortLine() throws IOException {
    HttpServer pages = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    byte[] page =
        ("<html>\n  <title>Hello</title>\n" + "word ".repeat(50)).getBytes(StandardCharsets.UTF_8);
    pages.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    pages.start();
    try (ApiClient client =
        new ApiClient(URI.create("http://127.0.0.1:" + pages.getAddress().getPort()), null)) {
      assertThatThrownBy(() -> client.get(Path.of("sites")))
          .hasMessageMatching(".* is not JSON: <html> <title>Hello</title> word [word ]{1,55}");
    } finally {
      pages.stop(0);
    }
  }

  @Test
  void closedConnectionIsNotHttp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      answerEach(
          silent,
          connection -> {
            int unused = connection.getInputStream().read();
          });
      String authority = "127.0.0.1:" + silent.getLocalPort();
      ApiClient client = new ApiClient(URI.create("http://" + authority), null);
      assertThatThrownBy(() -> client.probe("/healthz"))
          .hasMessageStartingWith(authority + " does not speak HTTP; ");
    }
  }

  @Test
  void slowServerIsNotReportedAsMissing() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Receiver slow =
        Receiver.start(
            any, InstantSource.system(), request -> new ReceiverReply(200, ReceiverReply.NEVER))) {
      ApiClient client = new ApiClient(slow.address(), null).waiting(Duration.ofSeconds(1));
      assertThatThrownBy(() -> client.get(Path.of("sites")))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("within 1 seconds; the request may still take effect");
    }
  }

  /** Serves one connection after another, since the client may repeat a request. */
  private static void answerEach(ServerSocket server, Connected answer) {
    new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket connection = server.accept()) {
                  answer.to(connection);
                } catch (IOException e) {
                  // The client has gone, or the server was closed, which the loop sees.
                }
              }
            })
        .start();
  }

  private interface Connected {
    void to(Socket connection) throws IOException;
  }

  @Test
  void backupIsReadableByItsOwnerOnlyFromTheFirstByte(@TempDir java.nio.file.Path folder)
      throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    java.nio.file.Path file = folder.resolve("backup.part");
    List<String> seen = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 3);
          exchange.getResponseBody().write(new byte[3]);
          exchange.close();
        });
    server.start();
    try (ApiClient client =
        new ApiClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), null)) {
      client.download(Path.of("backup"), file, (bytes, count) -> seen.add(permissions(file)));
    } finally {
      server.stop(0);
    }
    assertThat(seen).isNotEmpty().containsOnly("rw-------");
    assertThat(file).hasSize(3);
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  /** Otherwise every command would take 0.3 s longer. */
  @Test
  void closingEndsTheClientsOwnThread() throws InterruptedException {
    URI nobody = URI.create("http://127.0.0.1:1");
    try (ApiClient other = new ApiClient(nobody, null)) {
      assertThatThrownBy(() -> other.probe("/healthz")).isInstanceOf(ApiException.class);
      Set<Thread> others = threadsOfClients();
      ApiClient client = new ApiClient(nobody, null);
      Set<Thread> own = threadsOfClients();
      own.removeAll(others);
      client.close();
      assertThat(own).hasSize(1);
      for (Thread thread : own) {
        thread.join(5_000);
      }
      assertThat(own).noneMatch(Thread::isAlive);
      assertThat(others).anyMatch(Thread::isAlive);
    }
  }

  private static Set<Thread> threadsOfClients() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager"))
        .collect(Collectors.toSet());
  }

  private static String permissions(java.nio.file.Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
