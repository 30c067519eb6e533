package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.receiver.Received;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that relays an outbox is killed under load, again and again: what was committed arrives,
 * what was rolled back does not. {@code -Dkill.times=50} kills it more often.
 */
final class OutboxKillTest {
  private static final int KILLS = Integer.getInteger("kill.times", 2);
  private static final Duration MAX_TIME = Duration.ofMinutes(5);
  private static final int STEP = 200;
  private static final int MAX_ROWS = 20;

  @TempDir private Path folder;

  private final Set<String> committed = ConcurrentHashMap.newKeySet();
  private volatile boolean writing = true;

  @Test
  void nothingIsLostOrInventedOnPostgres() throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder.resolve("postgres"))) {
      holds(postgres.url(postgres.port()));
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void nothingIsLostOrInventedOnMariaDb() throws Exception {
    try (Databases databases = MariaDbServerTest.databases()) {
      holds(databases.fresh());
    }
  }

  /** H2 as a server, as the database of an application that several processes use. */
  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void nothingIsLostOrInventedOnH2() throws Exception {
    int port = ServerChild.freePort();
    Process h2 = h2(port);
    try {
      String url = "jdbc:h2:tcp://127.0.0.1:" + port + "/./shop";
      Poll.until(MAX_TIME, () -> opens(url));
      holds(url);
    } finally {
      h2.destroyForcibly().waitFor();
    }
  }

  private Process h2(int port) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dh2.bindAddress=127.0.0.1",
            "-cp",
            ServerChild.classPath(),
            "org.h2.tools.Server",
            "-tcp",
            "-tcpPort",
            Integer.toString(port),
            "-ifNotExists");
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("h2.log").toFile())
        .start();
  }

  private static boolean opens(String url) {
    try (Connection connection = DriverManager.getConnection(url)) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  private void holds(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url)) {
      Outbox.standard().createTables(connection);
    }
    ServerChild server = serve(url);
    try (Inbox inbox = new Inbox()) {
      register(server, inbox);
      CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(url));
      for (int i = 1; i <= KILLS; i++) {
        int enough = i * STEP;
        Poll.until(MAX_TIME, () -> writer.isDone() || inbox.at("/outbox").size() >= enough);
        server.kill();
        server = serve(url);
      }
      writing = false;
      writer.join();
      Poll.until(MAX_TIME, () -> arrived(inbox).containsAll(committed));
      assertThat(arrived(inbox)).hasSizeGreaterThan(KILLS * STEP / 2).isEqualTo(committed);
    } finally {
      server.kill();
    }
  }

  private ServerChild serve(String url) {
    String store = "file:" + folder.resolve("store");
    return ServerChild.serve(folder, store, "--outbox", url).awaitReady();
  }

  private static void register(ServerChild server, Inbox inbox) {
    JsonNode types = JsonNodeFactory.instance.arrayNode().add("license_created");
    var unused =
        server
            .client()
            .post(
                dev.hookferry.app.client.Path.ofSite("default", "endpoints"),
                JsonNodeFactory.instance
                    .objectNode()
                    .put("url", inbox.url("/outbox"))
                    .set("eventTypes", types));
  }

  /** The ids of the events that arrived, however often. */
  private static Set<String> arrived(Inbox inbox) {
    return inbox.at("/outbox").stream().map(Received::event).collect(Collectors.toSet());
  }

  private void write(String url) {
    SplittableRandom chance = new SplittableRandom(7);
    Outbox outbox = Outbox.standard();
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      for (int i = 0; writing; i++) {
        List<String> ids = new ArrayList<>();
        for (int rows = chance.nextInt(MAX_ROWS); rows >= 0; rows--) {
          String id = "evt-" + i + "-" + rows;
          NewEvent event = NewEvent.of("license_created", "{}").id(id);
          EventId unused = outbox.publish(connection, SiteId.DEFAULT, event);
          ids.add(id);
        }
        if (chance.nextInt(3) == 0) {
          connection.rollback();
        } else {
          connection.commit();
          committed.addAll(ids);
        }
        KillLoopTest.pass(Duration.ofMillis(2));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
