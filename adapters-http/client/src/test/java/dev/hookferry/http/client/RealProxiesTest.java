package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.transport.ContractReceiver;
import dev.hookferry.contract.transport.TransportFixture;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.transport.Transport;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections through proxies that are not ours: Debian's tinyproxy and microsocks. */
class RealProxiesTest {
  private static final String REQUIRED = System.getenv().getOrDefault("HOOKFERRY_TEST_REQUIRE", "");

  private final ContractReceiver plain = ContractReceiver.of(ContractReceiver.status(204));
  private final ContractReceiver secure =
      ContractReceiver.withTls(Certificate.GOOD.context(), ContractReceiver.status(204));
  private Process proxy;

  @TempDir private Path folder;

  @AfterEach
  void close() throws Exception {
    plain.close();
    secure.close();
    if (proxy != null) {
      proxy.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void sendsThroughTinyproxy() throws Exception {
    int port = freePort();
    Path config = folder.resolve("tinyproxy.conf");
    Files.writeString(
        config,
        "Port "
            + port
            + "\nListen 127.0.0.1\nTimeout 60\nMaxClients 20\nBasicAuth hookferry s3cret\n");
    start(port, "tinyproxy", "-d", "-c", config.toString());

    sendsBoth(Egress.proxy("main", "http://127.0.0.1:" + port), "responded with 407");
  }

  @Test
  void sendsThroughMicrosocks() throws Exception {
    int port = freePort();
    start(
        port,
        "microsocks",
        "-i",
        "127.0.0.1",
        "-p",
        Integer.toString(port),
        "-u",
        "hookferry",
        "-P",
        "s3cret");

    sendsBoth(Egress.proxy("main", "socks5://127.0.0.1:" + port), "requires credentials");
  }

  private void sendsBoth(Egress egress, String reason) throws IOException {
    assertThat(send(egress, plain.url("http", "a.example.com")).detail()).contains(reason);
    Egress wrong = egress.withCredentials("hookferry", "wrong");
    Outcome rejected = send(wrong, plain.url("http", "a.example.com"));
    assertThat(rejected.kind()).as(rejected.detail()).isEqualTo(OutcomeKind.PROXY_FAILED);

    Egress known = egress.withCredentials("hookferry", "s3cret");
    Outcome open = send(known, plain.url("http", "a.example.com"));
    assertThat(open.isSuccess()).as(open.detail()).isTrue();
    Outcome sealed = send(known, secure.url("https", "good.example.com"));
    assertThat(sealed.isSuccess()).as(sealed.detail()).isTrue();
    assertThat(plain.requests()).hasSize(1);
    assertThat(secure.requests()).hasSize(1);

    secure.close();
    Outcome gone = send(known, secure.url("https", "good.example.com"));
    assertThat(gone.kind()).as(gone.detail()).isEqualTo(OutcomeKind.PROXY_FAILED);
    assertThat(gone.detail()).containsPattern("responded with 50[0-9]|refused with code [1-6]");
  }

  private static Outcome send(Egress egress, String url) {
    TransportSetup trusting = TransportSetup.loopback().withTls(Certificate.GOOD.trusting());
    try (Transport transport =
        new HttpTransport(HttpTransportTest.options(trusting).withEgress(egress))) {
      return TransportFixture.send(
          transport, TransportFixture.request(url, TransportFixture.AMPLE).leavingBy("main"));
    }
  }

  private void start(int port, String... command) throws IOException {
    boolean isThere =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, command[0])));
    assumeTrue(
        isThere || REQUIRED.contains("proxies"),
        command[0] + " is not installed (Debian: tinyproxy-bin, microsocks); left out");
    proxy =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("proxy.log").toFile())
            .start();
    Poll.until(() -> isListening(port));
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
