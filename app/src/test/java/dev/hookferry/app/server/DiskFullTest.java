package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.receiver.ReceiverReply;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.id.EndpointId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small disk of its own that runs full; only root can mount one. */
final class DiskFullTest {
  private static final String DATA = "x".repeat(100_000);

  @TempDir private Path folder;
  private final AtomicInteger status = new AtomicInteger(500);
  private final Set<String> accepted = new HashSet<>();
  private Path disk;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    disk = Files.createDirectory(folder.resolve("disk"));
    if (run("mount", "-t", "tmpfs", "-o", "size=128m", "hookferry-test", disk.toString()) != 0) {
      disk = null;
      System.err.println("The test with a full disk is skipped: only root can mount a small one");
      abort("no tmpfs can be mounted");
    }
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (disk != null) {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    return process.waitFor(2, TimeUnit.MINUTES) ? process.exitValue() : -1;
  }

  @Test
  void stopsAcceptingInTimeKeepsDeliveringAndResumes() throws IOException {
    String store = "file:" + disk.resolve("store");
    Path filler = disk.resolve("filler");
    try (AuditedReceiver receiver = new AuditedReceiver(n -> ReceiverReply.of(status.get()));
        ServerChild child = ServerChild.serve(folder, store).awaitReady()) {
      Tenant tenant = new Tenant(child.client(), "default");
      tenant.changeSettings("{'webHookMaxRetries': 50, 'webHookRetryInterval': 1}");
      JsonNode made = tenant.endpoint(receiver.url("/hook"), "*");
      receiver.knows("/hook", EndpointId.parse(made.path("id").asText()));

      fill(filler, 70);
      Poll.until(() -> !publish(tenant));
      assertThat(child.status("/readyz")).isEqualTo(503);
      assertThat(child.status("/healthz")).isEqualTo(200);
      assertThat(disk.toFile().getUsableSpace()).isPositive();

      fill(disk.resolve("rest"), Integer.MAX_VALUE);
      assertThat(disk.toFile().getUsableSpace()).isZero();
      status.set(200);
      Poll.until(() -> tenant.some("pending").isEmpty());
      assertThat(publish(tenant)).isFalse();

      Files.delete(filler);
      Files.delete(disk.resolve("rest"));
      Poll.until(() -> child.status("/readyz") == 200);
      Poll.until(() -> publish(tenant));
      Poll.until(() -> tenant.some("pending").isEmpty());
      assertThat(receiver.arrived()).extracting(r -> r.event().value()).containsAll(accepted);
      child.terminate();
      assertThat(child.exitCode()).isZero();
    }
  }

  private boolean publish(Tenant tenant) {
    try {
      String body = "{\"type\":\"license_created\",\"data\":{\"x\":\"" + DATA + "\"}}";
      accepted.add(tenant.publish(body).path("id").asText());
      return true;
    } catch (ApiException e) {
      assertThat(e.status()).isEqualTo(503);
      return false;
    }
  }

  /** As somebody else would who writes to the same disk. */
  private static void fill(Path filler, int megabytes) throws IOException {
    byte[] block = new byte[4_096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      for (long i = 0; i < megabytes * 256L; i++) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }
}
