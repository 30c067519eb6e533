package dev.hookferry.app.server;

import static dev.hookferry.app.server.DoctorFindings.HERE;
import static dev.hookferry.app.server.DoctorFindings.failure;
import static dev.hookferry.app.server.DoctorFindings.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hookferry.app.doctor.Diagnosis;
import dev.hookferry.app.doctor.Diagnosis.Level;
import dev.hookferry.app.doctor.MachineInfo;
import dev.hookferry.app.secrets.MasterKeyFile;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.secret.MasterKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every fault that the doctor finds in a machine, a store or a configuration, and its message. */
final class DoctorTest {
  @TempDir private Path folder;
  private Path disk;

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (disk != null) {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  @Test
  void newFileStoreHasNoFailures() throws IOException {
    Path store = folder.resolve("store");
    List<Diagnosis> findings = examine(HERE, "--store", "file:" + store);
    assertThat(findings).allMatch(finding -> finding.level() != Level.FAILURE);
    assertThat(findings.stream().map(Diagnosis::check))
        .containsExactly(
            "configuration", "store", "disk", "secrets", "dns", "port", "java", "open files");
    assertThat(one(findings, "store").text()).endsWith("does not exist yet; serve creates it");
    assertThat(Files.exists(store)).isFalse();
  }

  @Test
  void nothingIsChangedAndAServerMayUseTheStore() throws IOException {
    Path store = folder.resolve("store");
    try (ServerFixture fixture = new ServerFixture("file:" + store)) {
      fixture.tenant().endpoint("http://127.0.0.1:1/x", "*");
      List<String> before = listing(store);
      fixture.tenant().endpoint("http://127.0.0.1:1/y", "*");
      String port = Integer.toString(fixture.server().address().getPort());
      List<Diagnosis> findings = examine(HERE, "--store", "file:" + store, "--port", port);
      assertThat(one(findings, "store"))
          .returns("files in " + store + ", in use by the running server", Diagnosis::text);
      assertThat(one(findings, "dns").text()).isEqualTo("no host names to check");
      assertThat(one(findings, "secrets").text())
          .matches("master key mk_\\w+; all stored secrets \\(2\\) are sealed with it");
      assertThat(one(findings, "clock").level()).isEqualTo(Level.OK);
      assertThat(one(findings, "outbound"))
          .returns(Level.SKIPPED, Diagnosis::level)
          .extracting(Diagnosis::text)
          .asString()
          .startsWith("the running server's rules are unknown; repeat this with its flags");
      List<Diagnosis> ruled =
          examine(HERE, "--store", "file:" + store, "--port", port, "--allow-port", "9");
      assertThat(one(ruled, "outbound"))
          .returns(Level.WARNING, Diagnosis::level)
          .extracting(Diagnosis::text)
          .asString()
          .matches(
              "2 of 2 endpoints are refused: ep_\\w+, http://127.0.0.1:1/[xy] must begin with .*");
      assertThat(listing(store)).isEqualTo(before);
    }
  }

  @Test
  void findsAReadOnlyFolder() throws IOException, InterruptedException {
    mount("ro,size=64m");
    Diagnosis inside = failure(examine(HERE, "--store", "file:" + disk), "store");
    assertThat(inside.text()).contains(disk + " is read-only for ");
    assertThat(inside.remedy()).contains("chown");
    Diagnosis below = failure(examine(HERE, "--store", "file:" + disk.resolve("new")), "store");
    assertThat(below.text()).contains("cannot be created");
  }

  @Test
  void aStoreThatAnotherProcessUsesIsFound() throws IOException {
    Path store = folder.resolve("store");
    try (ServerFixture fixture = new ServerFixture("file:" + store)) {
      Diagnosis used = failure(examine(HERE, "--store", "file:" + store), "store");
      assertThat(used.text())
          .isEqualTo(store + " is in use by process " + ProcessHandle.current().pid());
      assertThat(used.remedy()).isEqualTo("stop it, or use another --store");
    }
    assertThat(one(examine(HERE, "--store", "file:" + store), "store").level()).isEqualTo(Level.OK);
  }

  @Test
  void aStoreThatCannotBeAFolderIsFound() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (Path path : List.of(file, file.resolve("below"))) {
      Diagnosis finding = failure(examine(HERE, "--store", "file:" + path), "store");
      assertThat(finding.text()).isEqualTo(file + " is a file, not a directory");
      assertThat(finding.remedy()).isEqualTo("choose another path");
    }
    assumeThat(Files.isDirectory(Path.of("/proc"))).isTrue();
    assertThat(failure(examine(HERE, "--store", "file:/proc/x"), "store").text())
        .startsWith("/proc/x cannot be created by ");
  }

  @Test
  void aMasterKeyThatOthersCanReadIsFound() throws IOException {
    Path keys = folder.resolve("keys");
    new MasterKeyFile(keys).add(new SecureRandom());
    Path unused = Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
    Diagnosis open =
        failure(
            examine(HERE, "--store", "memory", "--master-key-file", keys.toString()), "secrets");
    assertThat(open.text()).contains("is readable by others").doesNotContain("chmod");
    // A process of another user may read a file of root through its group.
    boolean isOwnedByRoot = Files.getAttribute(keys, "unix:uid").equals(0);
    assertThat(open.remedy()).isEqualTo("run chmod " + (isOwnedByRoot ? "640 " : "600 ") + keys);
  }

  @Test
  void aFullDiskIsFound() throws IOException, InterruptedException {
    mount("size=40m");
    Diagnosis full = failure(examine(HERE, "--store", "file:" + disk), "disk");
    assertThat(full.text()).contains("40 MiB free", "new events are refused below 48 MiB");
    assertThat(full.remedy()).contains("free space");
  }

  @Test
  void aDiskWithLittleLeftIsFound() throws IOException, InterruptedException {
    mount("size=400m");
    Diagnosis little = one(examine(HERE, "--store", "file:" + disk), "disk");
    assertThat(little.text()).contains("400 MiB free");
    assertThat(little.remedy()).isEqualTo("free space or enlarge the disk, or shorten retention");
  }

  @Test
  void aClockThatWasSetBackIsFound() throws IOException {
    Path store = Files.createDirectory(folder.resolve("store"));
    Files.writeString(store.resolve("README.txt"), "");
    MachineInfo late =
        HERE.withClock(InstantSource.offset(InstantSource.system(), Duration.ofHours(-1)));
    Diagnosis back = failure(examine(late, "--store", "file:" + store), "clock");
    assertThat(back.text())
        .isEqualTo("the store was last written 59 min ahead of this machine's clock");
    assertThat(back.remedy()).contains("NTP");
  }

  @Test
  void unreadSecretsAreReportedAsUnread() throws IOException {
    Path keys = folder.resolve("keys");
    new MasterKeyFile(keys).add(new SecureRandom());
    String[] flags = {
      "--store", "jdbc:h2:file:" + folder.resolve("db"), "--master-key-file", keys.toString()
    };
    assertThat(one(examine(HERE, flags), "secrets").text())
        .matches("master key mk_\\w+; the stored secrets were not read");
  }

  @Test
  void aConfiguredMasterKeyThatSealsNothingYetIsFound() throws IOException {
    Path store = folder.resolve("store");
    try (ServerFixture fixture = new ServerFixture("file:" + store)) {
      fixture.tenant().endpoint("http://127.0.0.1:1/x", "*");
    }
    Path own = store.resolve("master.key");
    MasterKey newer = new MasterKeyFile(folder.resolve("keys")).add(new SecureRandom());
    String[] flags = {
      "--store", "file:" + store, "--master-key-file", folder.resolve("keys").toString()
    };
    assertThat(one(examine(HERE, flags), "secrets"))
        .returns(Level.WARNING, Diagnosis::level)
        .returns(
            "1 of 1 stored secrets is sealed with %s (%s), not with the newest master key %s"
                .formatted(new MasterKeyFile(own).read().get(0).id(), own, newer.id()),
            Diagnosis::text)
        .returns(
            "run hookferry master-keys rotate, and keep " + own + " until then", Diagnosis::remedy);
  }

  @Test
  void aMasterKeyThatDoesNotFitIsFound() throws IOException {
    Path store = folder.resolve("store");
    try (ServerFixture fixture = new ServerFixture("file:" + store)) {
      fixture.tenant().endpoint("http://127.0.0.1:1/x", "*");
    }
    Files.delete(store.resolve("master.key"));
    new MasterKeyFile(store.resolve("master.key")).add(new SecureRandom());
    Diagnosis wrong = failure(examine(HERE, "--store", "file:" + store), "secrets");
    assertThat(wrong.text()).contains("mk_");
    assertThat(wrong.remedy()).contains("secrets.masterKeyFile");
  }

  @Test
  void findsAnOccupiedPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Diagnosis finding = failure(examine(HERE, "--store", "memory", "--port", port), "port");
      assertThat(finding.text()).startsWith("cannot listen on 127.0.0.1:" + port);
      assertThat(finding.remedy()).isEqualTo("stop what listens there, or set another port");
      Diagnosis portal =
          failure(
              examine(HERE, "--store", "memory", "--port", "0", "--portal-listen", port),
              "portal port");
      assertThat(portal.text()).isEqualTo(finding.text());
    }
  }

  @Test
  void portOfTheRunningServerIsNotAFailure() throws IOException {
    Path store = folder.resolve("store");
    try (ServerFixture fixture = new ServerFixture("file:" + store)) {
      String port = Integer.toString(fixture.server().address().getPort());
      List<Diagnosis> findings = examine(HERE, "--store", "file:" + store, "--port", port);
      assertThat(one(findings, "port"))
          .returns(Level.OK, Diagnosis::level)
          .returns("127.0.0.1:" + port + " is in use by the running server", Diagnosis::text);
      assertThat(one(findings, "clock").text())
          .matches("20[-0-9]{8}T[0-9:]{8}Z; the store was last written (just now|\\d+ s ago)");
      Path other = folder.resolve("other");
      failure(examine(HERE, "--store", "file:" + other, "--port", port), "port");
    }
  }

  @Test
  void aPostgresThatForcesNothingIsFound() throws IOException, SQLException {
    try (EmbeddedPostgres careless =
        EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start()) {
      List<Diagnosis> findings = examine(HERE, "--store", url(careless, ""));
      assertThat(one(findings, "store").text()).contains("PostgreSQL 1", "no tables yet");
      assertThat(findings)
          .filteredOn(finding -> finding.check().equals("durability"))
          .anySatisfy(
              finding -> {
                assertThat(finding.level()).isEqualTo(Level.FAILURE);
                assertThat(finding.text()).startsWith("fsync is off: a crash of the machine");
                assertThat(finding.remedy()).isEqualTo("turn it on");
              });
      assertThat(one(findings, "secrets").level()).isEqualTo(Level.WARNING);
      aFailedMigrationIsFound(url(careless, ""));
      MachineInfo early =
          HERE.withClock(InstantSource.offset(InstantSource.system(), Duration.ofMinutes(10)));
      assertThat(failure(examine(early, "--store", url(careless, "")), "clock").text())
          .contains("the database's clock is 600.", "behind this machine's");
    }
    assertThat(failure(examine(HERE, "--store", "jdbc:postgresql://127.0.0.1:1/x"), "store").text())
        .contains("127.0.0.1:1");
  }

  private void aFailedMigrationIsFound(String url) throws SQLException {
    JdbcStore.open(JdbcStoreOptions.of(url)).close();
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.createStatement().execute("UPDATE hookferry_schema_history SET success = FALSE");
    }
    Diagnosis failed = failure(examine(HERE, "--store", url), "store");
    assertThat(failed.text()).endsWith("the migration to version 1 failed or was interrupted");
    assertThat(failed.remedy()).startsWith("restore a backup of the database");
  }

  @Test
  void aSessionThatDoesNotAwaitTheDiskIsFound() throws IOException {
    try (EmbeddedPostgres careful =
        EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofMinutes(1))
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .start()) {
      assertThat(one(examine(HERE, "--store", url(careful, "")), "durability").text())
          .isEqualTo("autovacuum=on, fsync=on, full_page_writes=on, synchronous_commit=on");
      String off = "&options=-c%20synchronous_commit=off";
      Diagnosis finding = one(examine(HERE, "--store", url(careful, off)), "durability");
      assertThat(finding.level()).isEqualTo(Level.WARNING);
      assertThat(finding.text()).startsWith("synchronous_commit is off: ").contains("outbox");
    }
  }

  @Test
  void aWrongConfigurationIsFoundBeforeAnythingElse() throws IOException {
    List<Diagnosis> findings = examine(HERE, "--bind", "0.0.0.0", "--retention", "never");
    assertThat(findings.subList(0, 2))
        .allMatch(finding -> finding.check().equals("configuration"))
        .allMatch(finding -> finding.level() == Level.FAILURE);
    assertThat(findings.subList(2, findings.size()))
        .extracting(Diagnosis::check)
        .contains("store", "java")
        .doesNotContain("configuration", "port");
    assertThat(findings.get(0).text()).contains("retention");
  }

  @Test
  void aSmallMachineIsFound() throws IOException {
    MachineInfo small = HERE.withMachine(200L << 20, 50L << 20, 1_024);
    List<Diagnosis> findings = examine(small, "--store", "memory");
    assertThat(one(findings, "java").remedy()).contains("256 MiB");
    assertThat(one(findings, "open files").remedy()).contains("LimitNOFILE");
    assertThat(one(findings, "open files").text()).contains("fewer than limits.connections and");
    MachineInfo greedy = HERE.withMachine(1L << 30, 1L << 30, 1 << 20);
    assertThat(one(examine(greedy, "--store", "memory"), "java").remedy()).contains("-Xmx");
  }

  private List<Diagnosis> examine(MachineInfo machine, String... flags) {
    return DoctorFindings.examine(folder, machine, flags);
  }

  private static String url(EmbeddedPostgres postgres, String more) {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=postgres" + more;
  }

  private static List<String> listing(Path store) throws IOException {
    try (Stream<Path> files = Files.list(store)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Mounts a small disk, which only root can do. */
  private void mount(String options) throws IOException, InterruptedException {
    Path point = Files.createDirectory(folder.resolve("disk"));
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", options, "hookferry-test", point.toString()) == 0;
    assumeThat(mounted).as("only root can mount a disk").isTrue();
    disk = point;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    return process.waitFor();
  }
}
