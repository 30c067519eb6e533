package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.transfer.TransferStores;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.store.archive.ArchiveWriter;
import dev.hookferry.store.transfer.RecordCounts;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Blocked and waiting deliveries on their way through stores of all kinds, by copies and a backup.
 * Each store gets one more event, which goes behind those that came with the copy.
 */
class OrderedCopyTest {
  private static final String HOOK = "/ordered";
  private static final String LATER = Instant.now().plus(Duration.ofDays(2)).toString();

  @TempDir private Path folder;
  private int published;

  @Test
  void theOrderHoldsAfterCopiesAndARestore() throws IOException {
    try (Inbox inbox = new Inbox();
        EmbeddedPostgres postgres =
            EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start();
        Databases mariaDb = MariaDbServerTest.databases()) {
      inbox.responding(HOOK, n -> 500);
      String postgresUrl =
          "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=postgres";
      List<String> stores =
          List.of(
              "file:" + folder.resolve("first"),
              postgresUrl,
              "jdbc:h2:file:" + folder.resolve("h2"),
              mariaDb.fresh(),
              "file:" + folder.resolve("last"));
      Tenant tenant = block(stores.get(0), inbox);
      for (int i = 1; i < stores.size(); i++) {
        move(stores.get(i - 1), stores.get(i));
        if (i < stores.size() - 1) {
          try (ServerFixture server = ServerFixture.withoutMasterKey(stores.get(i))) {
            publish(server.again(tenant), "a", "");
          }
        }
      }
      try (ServerFixture last = new ServerFixture(stores.get(stores.size() - 1))) {
        unblock(last.again(tenant), inbox);
      }
    }
  }

  /** Blocks key a at its first event, and lets key b wait for a scheduled one. */
  private Tenant block(String store, Inbox inbox) {
    try (ServerFixture first = new ServerFixture(store)) {
      Tenant tenant = first.tenant();
      tenant.changeSettings("{'webHookMaxRetries': 0}");
      var unused = tenant.orderedEndpoint(inbox.url(HOOK), "block");
      publish(tenant, "a", "");
      tenant.awaitDeliveries("blocked", 1);
      publish(tenant, "b", ",\"deliverAt\":\"" + LATER + "\"");
      publish(tenant, "a", "");
      publish(tenant, "b", "");
      publish(tenant, "a", "");
      assertThat(tenant.deliveries("waiting")).hasSize(3);
      return tenant;
    }
  }

  private void publish(Tenant tenant, String key, String option) {
    published++;
    var unused =
        tenant.publish(
            "{\"type\":\"license_created\",\"orderingKey\":\"%s\",\"data\":{\"n\":\"%s%d\"}%s}"
                .formatted(key, key, published, option));
  }

  /** H2 is filled from a backup, the others by copies. */
  private void move(String from, String to) throws IOException {
    if (!to.startsWith("jdbc:h2:")) {
      succeed("copy", "--from", from, "--to", to, "--verify");
      return;
    }
    Path archive = folder.resolve("ordered.hfa");
    try (TransferSource source = TransferStores.source(StoreConfig.parse(from));
        OutputStream out = Files.newOutputStream(archive)) {
      RecordCounts unused =
          ArchiveWriter.write(source, TransferHistory.ALL, new UUID(1, 1), Instant.EPOCH, out);
    }
    succeed("restore", archive.toString(), "--store", to, "--verify");
  }

  private static void succeed(String... command) {
    CommandResult run = CommandResult.run(command);
    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.err()).contains("records are equal on both sides");
  }

  private void unblock(Tenant tenant, Inbox inbox) {
    publish(tenant, "a", "");
    assertThat(tenant.deliveries("waiting")).hasSize(published - 2);
    int before = inbox.at(HOOK).size();
    inbox.responding(HOOK, n -> 200);
    JsonNode blocked = tenant.deliveries("blocked").get(0);
    // Before others are pending, too.
    JsonNode scheduled = tenant.deliveries("pending").get(0);
    tenant.post("{}", "deliveries", blocked.path("id").asText(), "retry");
    tenant.post("{}", "deliveries", scheduled.path("id").asText(), "retry");

    Poll.until(() -> inbox.at(HOOK).size() == before + published);
    List<String> arrived =
        inbox.at(HOOK).stream()
            .skip(before)
            .map(request -> request.body().text().replaceAll(".*\"n\":\"(\\w+)\".*", "$1"))
            .toList();
    assertThat(arrived.stream().filter(n -> n.startsWith("a")))
        .containsExactly("a1", "a3", "a5", "a6", "a7", "a8", "a9");
    assertThat(arrived.stream().filter(n -> n.startsWith("b"))).containsExactly("b2", "b4");
  }
}
