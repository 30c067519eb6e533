package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hookferry.contract.support.DatabaseProxy;
import dev.hookferry.contract.support.Poll;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A primary and a replica that nobody else uses, behind an address that leads to the primary. */
final class ReplicatedMariaDb implements AutoCloseable {
  private static final boolean REQUIRED =
      System.getenv().getOrDefault("HOOKFERRY_TEST_REQUIRE", "").contains("mariadbd");
  private static final List<String> PLACES = List.of("/usr/sbin", "/usr/bin", "/usr/local/bin");

  private final Path folder;
  private final int primaryPort;
  private final int replicaPort;
  private final List<Process> servers = new ArrayList<>();
  private final DatabaseProxy address;

  private ReplicatedMariaDb(Path folder) {
    this.folder = folder;
    List<String> install =
        List.of("--auth-root-authentication-method=normal", "--skip-test-db", "--force");
    run(program("mariadb-install-db"), folder.resolve("primary"), install).onExit().join();
    copy(folder.resolve("primary"), folder.resolve("replica"));
    // Chosen late, so that nobody takes them in the meantime.
    primaryPort = ServerChild.freePort();
    replicaPort = ServerChild.freePort();
    address = new DatabaseProxy("127.0.0.1", primaryPort);
    servers.add(start("primary", primaryPort, "--server-id=1", "--log-bin=bin", "--sync-binlog=1"));
    servers.add(start("replica", replicaPort, "--server-id=2", "--log-bin=bin", "--read-only"));
    Poll.until(() -> answers(primaryPort) && answers(replicaPort));
    execute(primaryPort, "CREATE DATABASE hookferry");
    // Not root, whom read_only does not stop.
    execute(primaryPort, "GRANT ALL ON hookferry.* TO hookferry@'127.0.0.1' IDENTIFIED BY 'pw'");
    execute(
        replicaPort,
        "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_USER='root', MASTER_USE_GTID=slave_pos,"
            + " MASTER_PORT="
            + primaryPort,
        "START SLAVE");
    Poll.until(() -> answers(replicaPort, "SHOW DATABASES LIKE 'hookferry'"));
  }

  /** Acknowledges a commit once the replica has it, too. */
  static ReplicatedMariaDb semiSynchronous(Path folder) {
    ReplicatedMariaDb made = new ReplicatedMariaDb(folder);
    execute(
        made.replicaPort,
        "SET GLOBAL rpl_semi_sync_slave_enabled = ON",
        "STOP SLAVE IO_THREAD",
        "START SLAVE IO_THREAD");
    execute(
        made.primaryPort,
        "SET GLOBAL rpl_semi_sync_master_wait_point = AFTER_SYNC",
        "SET GLOBAL rpl_semi_sync_master_timeout = 4294967295",
        "SET GLOBAL rpl_semi_sync_master_enabled = ON");
    return made;
  }

  /** Acknowledges a commit whether the replica has it or not. */
  static ReplicatedMariaDb asynchronous(Path folder) {
    return new ReplicatedMariaDb(folder);
  }

  private Process start(String name, int port, String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + folder.resolve(name + ".socket"),
                "--innodb-flush-log-at-trx-commit=1",
                "--skip-name-resolve"));
    options.addAll(List.of(more));
    return run(program("mariadbd"), folder.resolve(name), options);
  }

  private Process run(String program, Path data, List<String> options) {
    List<String> command = new ArrayList<>(List.of(program, "--no-defaults", "--datadir=" + data));
    command.add("--user=" + System.getProperty("user.name"));
    command.add("--innodb-log-file-size=8M");
    command.addAll(options);
    try {
      Files.createDirectories(data);
      File log = folder.resolve(data.getFileName() + ".log").toFile();
      return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String program(String name) {
    for (String place : PLACES) {
      if (Files.isExecutable(Path.of(place, name))) {
        return place + "/" + name;
      }
    }
    String sentence = "no " + name + " (Debian: mariadb-server; see CONTRIBUTING.md)";
    if (REQUIRED) {
      fail(sentence);
    }
    System.err.println("Failover of MariaDB is not tested: " + sentence);
    return abort(sentence);
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : walk.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the URL of the address that leads to the primary, as a virtual address does. */
  String url() {
    return "jdbc:mariadb://127.0.0.1:%d/hookferry?user=hookferry&password=pw"
        .formatted(address.localPort());
  }

  /** Makes the replica miss what the primary commits from now on. */
  void stopReplication() {
    execute(replicaPort, "STOP SLAVE");
  }

  /** Kills the primary. */
  void killPrimary() {
    servers.get(0).destroyForcibly().onExit().join();
  }

  /** Makes the primary refuse to write, once the commits of the moment have ended. */
  void demotePrimary() {
    execute(primaryPort, "SET GLOBAL read_only = ON");
  }

  /** Makes the replica the primary, with the statements of the manual. */
  void promote() {
    execute(replicaPort, "STOP SLAVE IO_THREAD", "START SLAVE SQL_THREAD");
    String received = text(replicaPort, "SHOW SLAVE STATUS", "Gtid_IO_Pos");
    execute(replicaPort, "SELECT MASTER_GTID_WAIT('" + received + "')");
    execute(replicaPort, "STOP SLAVE", "RESET SLAVE ALL", "SET GLOBAL read_only = OFF");
    address.leadTo(replicaPort);
  }

  private boolean answers(int port) {
    try {
      return answers(port, "SELECT 1");
    } catch (IllegalStateException e) {
      for (Process server : servers) {
        if (!server.isAlive()) {
          throw new AssertionError("a server has ended: " + logs(), e);
        }
      }
      return false;
    }
  }

  private String logs() {
    try {
      return Files.readString(folder.resolve("primary.log"))
          + Files.readString(folder.resolve("replica.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean answers(int port, String sql) {
    return text(port, sql, null) != null;
  }

  private static @Nullable String text(int port, String sql, @Nullable String column) {
    try (Connection connection = connect(port);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        return null;
      }
      return column == null ? row.getString(1) : row.getString(column);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static void execute(int port, String... statements) {
    try (Connection connection = connect(port);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(String.join("; ", statements), e);
    }
  }

  private static Connection connect(int port) throws SQLException {
    return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/?user=root");
  }

  @Override
  public void close() {
    address.close();
    servers.forEach(server -> server.destroyForcibly().onExit().join());
  }
}
