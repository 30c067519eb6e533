package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.receiver.Receiver;
import dev.hookferry.app.receiver.ReceiverReply;
import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process: how it starts, how it ends, what it says. */
final class ProcessTest {
  @TempDir private Path folder;

  @Test
  void saysThatItIsNotReadyWhileItFinishesWhatIsUnderWay() throws IOException {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    try (Receiver slow =
            Receiver.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InstantSource.system(),
                request -> {
                  arrived.countDown();
                  awaitQuietly(seen);
                  return ReceiverReply.of(200);
                });
        ServerChild child = ServerChild.serve(folder, file()).awaitReady()) {
      Tenant tenant = new Tenant(child.client(), "default");
      tenant.endpoint(slow.address() + "/slow", "*");
      tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
      Poll.until(() -> arrived.getCount() == 0);
      child.terminate();
      Poll.until(() -> child.status("/readyz") == 503);
      seen.countDown();
      assertThat(child.exitCode()).isZero();
      assertThat(child.log()).contains("ready version=", "stopping", "stopped");
    }
    try (ServerChild again = ServerChild.serve(folder, file()).awaitReady()) {
      assertThat(new Tenant(again.client(), "default").deliveries("delivered")).hasSize(1);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void saysInOneLineThatThePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerChild child =
            ServerChild.run(
                folder, 0, List.of("serve", "--store=memory", "--port=" + taken.getLocalPort()))) {
      assertThat(child.exitCode()).isEqualTo(1);
      assertThat(child.log().lines())
          .singleElement()
          .asString()
          .contains(
              "ERROR",
              "start failed",
              "another process listens on 127.0.0.1:" + taken.getLocalPort() + '"')
          .endsWith("advice=\"stop that process, or choose another port with --port\"");
    }
  }

  @Test
  void saysInOneLineThatAnotherProcessHasTheStore() throws IOException {
    List<String> inJson = List.of("serve", "--store=" + file(), "--port=0", "--json");
    try (ServerChild first = ServerChild.serve(folder, file()).awaitReady();
        ServerChild second = ServerChild.run(folder, 0, inJson)) {
      assertThat(second.exitCode()).isEqualTo(1);
      JsonNode line = new ObjectMapper().readTree(second.log());
      assertThat(line.path("message").asText()).isEqualTo("start failed");
      assertThat(line.path("cause").asText()).endsWith("only one process can use it at a time");
      assertThat(line.path("advice").asText())
          .isEqualTo("stop that process, or use another directory");
      assertThat(first.status("/readyz")).isEqualTo(200);
    }
  }

  @Test
  void saysInWordsWhyTheStoreCannotBeOpened() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    try (ServerChild child = ServerChild.serve(folder, "file:" + file.resolve("below"))) {
      assertThat(child.exitCode()).isEqualTo(1);
      assertThat(child.log().lines())
          .singleElement()
          .asString()
          .contains("ERROR", "start failed", "cannot open ", "below: ")
          .doesNotContainPattern("[a-z]Exception");
    }
  }

  @Test
  void saysInOneLineThatTheDatabaseDoesNotAnswer() {
    String nowhere = "jdbc:postgresql://127.0.0.1:" + ServerChild.freePort() + "/x?user=u";
    try (ServerChild child = ServerChild.serve(folder, nowhere + "&password=hush-hush")) {
      assertThat(child.exitCode()).isEqualTo(1);
      assertThat(child.log().lines())
          .singleElement()
          .asString()
          .contains("ERROR", "start failed")
          .doesNotContain("hush-hush");
    }
  }

  @Test
  void endsWithTwoForACertificateThatCannotBeUsed() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    List<String> call =
        List.of("serve", "--store=memory", "--tls-cert=" + empty, "--tls-key=" + empty);
    try (ServerChild child = ServerChild.run(folder, 0, call)) {
      assertThat(child.exitCode()).isEqualTo(2);
      assertThat(child.log().lines())
          .singleElement()
          .asString()
          .contains("ERROR", "start failed", "listen.tls: cannot be used", "let listen.tls.cert");
    }
  }

  @Test
  void endsWithTwoForAMasterKeyFileThatDoesNotExist() {
    String keys = folder.resolve("nope").toString();
    List<String> call = List.of("serve", "--store=memory", "--port=0", "--master-key-file", keys);
    try (ServerChild child = ServerChild.run(folder, 0, call)) {
      assertThat(child.exitCode()).isEqualTo(2);
      assertThat(child.log())
          .contains(
              "start failed",
              "no such file: " + keys,
              "advice=\"create it: hookferry master-keys add " + keys + "\"");
    }
  }

  @Test
  void endsWithTwoForAWrongFileOrFlag() throws IOException {
    Files.writeString(folder.resolve("hookferry.yaml"), "prot: 1\n");
    try (ServerChild wrongFile = ServerChild.run(folder, 0, List.of("serve"));
        ServerChild wrongFlag = ServerChild.run(folder, 0, List.of("serve", "--port", "x"))) {
      assertThat(wrongFile.exitCode()).isEqualTo(2);
      assertThat(wrongFile.log()).contains("hookferry.yaml line 1", "did you mean port?");
      assertThat(wrongFlag.exitCode()).isEqualTo(2);
      assertThat(wrongFlag.log()).contains("hookferry.yaml line 1", "flag --port");
    }
  }

  @Test
  void startsUnderKubernetesServiceLinksAndSaysSoInOneLine() {
    int port = ServerChild.freePort();
    Map<String, String> links =
        Map.of(
            "HOOKFERRY_PORT", "tcp://10.0.0.7:8087",
            "HOOKFERRY_SERVICE_HOST", "10.0.0.7",
            "HOOKFERRY_POSTGRES_SERVICE_HOST", "10.0.0.8");
    List<String> args = List.of("serve", "--store=memory", "--port=" + port);
    try (ServerChild child = ServerChild.run(folder, port, links, args).awaitReady()) {
      assertThat(child.log().lines().filter(line -> line.contains("Kubernetes")))
          .singleElement()
          .asString()
          .contains("INFO", "HOOKFERRY_PORT", "HOOKFERRY_POSTGRES_SERVICE_HOST");
    }
  }

  @Test
  void showsTheFirstAdminKeyOnceWhereNoneIsConfigured() {
    String key;
    try (ServerChild first = withoutKey()) {
      key =
          first
              .log()
              .lines()
              .filter(line -> line.startsWith("first admin key"))
              .findFirst()
              .orElse("")
              .replaceFirst(".*: ", "");
      assertThat(key).startsWith("hf_");
      first.terminate();
      assertThat(first.exitCode()).isZero();
    }
    try (ServerChild second = withoutKey()) {
      assertThat(second.log()).doesNotContain(key, "hf_");
    }
  }

  @Test
  void aCopyWithoutDeliverySendsNothingAndSaysSo() throws Exception {
    List<String> requests = new CopyOnWriteArrayList<>();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Receiver receiver =
        Receiver.start(
            any,
            InstantSource.system(),
            request -> {
              requests.add("one");
              return new ReceiverReply(200, Duration.ZERO);
            })) {
      try (ServerChild copy = ServerChild.serve(folder, file(), "--no-delivery").awaitReady()) {
        Tenant tenant = new Tenant(copy.client(), "default");
        tenant.endpoint(receiver.address() + "/hook", "*");
        tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
        assertThat(tenant.deliveries("pending")).hasSize(1);
        assertThat(copy.body("/healthz")).contains("\"delivery\":\"off\"");
        assertThat(copy.body("/metrics")).contains("hookferry_delivery_enabled 0");
        assertThat(copy.client().get(dev.hookferry.app.client.Path.of("system")).toString())
            .contains("\"deliveryOff\":\"noDelivery is set\"");
        copy.terminate();
        assertThat(copy.exitCode()).isZero();
        assertThat(copy.log()).contains("delivery is off", "delivery=off");
      }
      assertThat(requests).isEmpty();
      try (ServerChild original = ServerChild.serve(folder, file()).awaitReady()) {
        Poll.until(() -> requests.size() == 1);
        assertThat(original.body("/healthz")).contains("\"delivery\":\"on\"");
      }
    }
  }

  @Test
  void aFailingDiskEndsTheServerWithExitCode3AndLosesNoAcknowledgedEvent() throws IOException {
    Path fault = folder.resolve("fault");
    String event = "{\"id\":\"%s\",\"type\":\"license_created\",\"data\":{}}";
    try (ServerChild child =
        ServerChild.onFailingDisk(folder, folder.resolve("store"), fault).awaitReady()) {
      Tenant tenant = new Tenant(child.client(), "default");
      tenant.publish(event.formatted("kept"));
      Files.createFile(fault);
      assertThatThrownBy(() -> tenant.publish(event.formatted("unknown")))
          .isInstanceOf(ApiException.class);
      assertThat(child.exitCode()).isEqualTo(3);
      assertThat(child.log())
          .contains("fatal failure: the node stops and must be restarted", "Input/output error");
    }
    try (ServerChild again = ServerChild.serve(folder, file()).awaitReady()) {
      assertThat(new Tenant(again.client(), "default").get("events", "kept").path("type").asText())
          .isEqualTo("license_created");
    }
  }

  private ServerChild withoutKey() {
    int port = ServerChild.freePort();
    return ServerChild.run(
            folder, port, "", List.of("serve", "--store", file(), "--port", "" + port))
        .awaitReady();
  }

  private String file() {
    return "file:" + folder.resolve("store");
  }
}
