package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backup of a running store as the manual describes it, command by command. */
final class HotBackupTest {
  private static final Pattern BLOCK =
      Pattern.compile("(?s)- \\*\\*Running\\*\\*.*?```sh\n(.*?)```");
  private static final String HOOK = "/hook";

  /**
   * Makes the commands wait before each copy, for as long as there is a file named {@code step}.
   */
  private static final String STEPS =
      """
      cp() {
        touch step
        while [ -e step ]; do sleep 0.02; done
        command cp "$@"
      }
      """;

  @TempDir private Path folder;

  @Test
  void theDocumentedHotBackupContainsEveryAcknowledgedEvent() throws Exception {
    try (Inbox inbox = new Inbox()) {
      Set<String> acknowledged;
      String replay;
      try (ServerChild busy = ServerChild.serve(folder, "file:hookferry-data").awaitReady()) {
        Tenant tenant = new Tenant(busy.client(), "default");
        tenant.changeSettings("{'webHookSecretKey': 's3cr3t', 'webHookRetryInterval': 1}");
        tenant.endpoint(inbox.url(HOOK), "*");
        replay = pausedReplay(busy, tenant);
        acknowledged = backUpUnderLoad(tenant);
        busy.kill();
      }
      int before = inbox.at(HOOK).size();
      try (ServerChild copy = ServerChild.serve(folder, "file:backup").awaitReady()) {
        Tenant tenant = new Tenant(copy.client(), "default");
        assertThat(tenant.all("events"))
            .extracting(event -> event.path("id").asText())
            .containsAll(acknowledged);
        assertThat(tenant.get("replay-jobs", replay).path("state").asText()).isEqualTo("paused");
        tenant.publish("{\"type\":\"license_created\",\"data\":{\"after\":1}}");
        Poll.until(() -> tenant.some("pending").isEmpty());
        var last = inbox.await(HOOK, before + 1);
        Signed.assertQlm(last.get(last.size() - 1), "s3cr3t");
        copy.terminate();
        assertThat(copy.exitCode()).as(copy.log()).isZero();
      }
    }
  }

  /** An endpoint of which the copy had a delivery alone would lose it: it would be cancelled. */
  @Test
  void theDocumentedCopyHasTheEndpointOfEachOfItsDeliveries() throws Exception {
    try (Inbox inbox = new Inbox()) {
      inbox.responding(HOOK, n -> 503);
      List<String> endpoints = new ArrayList<>();
      try (ServerChild busy = ServerChild.serve(folder, "file:hookferry-data").awaitReady()) {
        Tenant tenant = new Tenant(busy.client(), "default");
        run(
            STEPS + block(),
            () -> {
              endpoints.add(tenant.endpoint(inbox.url(HOOK), "*").path("id").asText());
              tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
            });
        busy.kill();
      }
      assertThat(endpoints).hasSizeGreaterThan(3);
      try (ServerChild copy = ServerChild.serve(folder, "file:backup").awaitReady()) {
        Tenant tenant = new Tenant(copy.client(), "default");
        List<String> copied =
            tenant.all("endpoints").stream().map(one -> one.path("id").asText()).toList();
        assertThat(copied).contains(endpoints.get(0));
        assertThat(endpoints).containsAll(copied);
        assertThat(tenant.all("deliveries"))
            .isNotEmpty()
            .allSatisfy(one -> assertThat(copied).contains(one.path("endpoint").asText()))
            .noneMatch(one -> one.path("status").asText().equals("cancelled"));
        copy.terminate();
        assertThat(copy.exitCode()).as(copy.log()).isZero();
      }
    }
  }

  /** Events acknowledged before the copy began. */
  private Set<String> backUpUnderLoad(Tenant tenant) throws Exception {
    try (LoadClients load = new LoadClients(3, 2, n -> tenant)) {
      Poll.until(() -> load.count() >= 200);
      Set<String> before =
          load.acknowledged().stream()
              .map(event -> event.event().value())
              .collect(Collectors.toSet());
      run(block(), () -> {});
      int after = load.count() + 50;
      Poll.until(() -> load.count() >= after);
      return before;
    }
  }

  private static String pausedReplay(ServerChild server, Tenant tenant) {
    tenant.publish("{\"type\":\"license_created\",\"data\":{\"first\":1}}");
    tenant.awaitDeliveries("delivered", 1);
    for (int i = 0; i < 5; i++) {
      tenant.publish("{\"type\":\"license_created\",\"data\":{\"n\":" + i + "}}");
    }
    tenant.awaitDeliveries("delivered", 6);
    JsonNode job =
        tenant.post(
            "{'since':'2020-01-01T00:00:00Z','status':'delivered','rate':1}", "replay-jobs");
    String id = job.path("id").asText();
    JsonNode paused =
        server.client().post(tenant.path("replay-jobs", id, "pause"), (JsonNode) null);
    assertThat(paused.path("state").asText()).isEqualTo("paused");
    return id;
  }

  private static String block() throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(Path.of("../docs/stores-file.md")));
    assertThat(block.find()).as("a block of commands for the backup of a running store").isTrue();
    return block.group(1);
  }

  private void run(String script, Runnable beforeEachCopy) throws Exception {
    Process shell =
        new ProcessBuilder(List.of("sh", "-c", script))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    Path step = folder.resolve("step");
    while (!shell.waitFor(10, TimeUnit.MILLISECONDS)) {
      if (Files.exists(step)) {
        beforeEachCopy.run();
        Files.delete(step);
      }
    }
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(said).isZero();
  }
}
