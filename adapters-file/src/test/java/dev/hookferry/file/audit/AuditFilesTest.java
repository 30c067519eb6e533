package dev.hookferry.file.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.file.MemoryDisk;
import dev.hookferry.file.config.ConfigFile;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.id.AuditId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.ConfigChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The audit log in files: crashes, damage, and many files. */
class AuditFilesTest {
  private static final String FIRST = "0000000000000001.audit";
  private static final AuditQuery ALL = AuditQuery.ALL.limit(500);

  private final MemoryDisk disk = new MemoryDisk();

  private static ConfigFile open(MemoryDisk at) {
    try {
      return new ConfigFile(at, new FailStop(at));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static AuditEntry entry(int number) {
    return new AuditEntry(
        new AuditId(new UUID(number, 0x8000_0000_0000_0000L)),
        Instant.ofEpochSecond(1_800_000_000L + number),
        Actor.PROGRAM,
        AuditAction.SITE_CHANGED,
        null,
        "default",
        List.of(new FieldChange("n", null, Integer.toString(number))));
  }

  private static void save(ConfigFile config, int number) {
    config.save(List.of(new ConfigChange.Note(entry(number))), config.version());
  }

  private static List<AuditEntry> told(ConfigFile config) {
    return config.audit().entries(ALL).data();
  }

  @Test
  void entriesThatTheDiskRefusedAreNotReported() {
    ConfigFile config = open(disk);
    save(config, 1);
    for (MemoryDisk.Fault fault : List.of(MemoryDisk.Fault.WRITE, MemoryDisk.Fault.WRITE)) {
      disk.fail(fault, 1);
      assertThatThrownBy(() -> save(config, 2)).isInstanceOf(StoreException.class);
      assertThat(told(config)).containsExactly(entry(1));
    }
    save(config, 3);
    assertThat(told(config)).containsExactly(entry(3), entry(1));
    assertThat(told(open(disk))).containsExactly(entry(3), entry(1));
  }

  /** The other entry comes while the change's own is being taken back. */
  @Test
  void aFailedChangeTakesNoOtherEntryWithIt() throws InterruptedException {
    ConfigFile config = open(disk);
    save(config, 1);
    Thread other = new Thread(() -> config.audit().append(List.of(entry(3))));
    int[] changes = new int[1];
    disk.afterChange(
        () -> {
          changes[0]++;
          if (changes[0] == 2) {
            // The change's entry is forced; the next write is that of the change.
            disk.fail(MemoryDisk.Fault.WRITE, 1);
          } else if (changes[0] == 3) {
            other.start();
            Poll.until(() -> other.getState() == Thread.State.BLOCKED);
          }
        });

    assertThatThrownBy(() -> save(config, 2)).isInstanceOf(StoreException.class);
    other.join();

    assertThat(told(config)).containsExactly(entry(3), entry(1));
    assertThat(told(open(disk))).containsExactly(entry(3), entry(1));
  }

  @Test
  void aDiskThatDoesNotForceEndsTheStore() {
    ConfigFile config = open(disk);
    save(config, 1);
    disk.fail(MemoryDisk.Fault.FORCE, 1);
    assertThatThrownBy(() -> save(config, 2)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> save(config, 3)).hasMessageContaining("has stopped");
  }

  /** Every save has one entry, so a crash wherever leaves as many entries as versions. */
  @Test
  void aCrashLeavesAChangeAndItsEntryOrNeither() {
    List<MemoryDisk> crashes = new ArrayList<>();
    disk.afterChange(
        () -> {
          crashes.add(disk.copy());
          crashes.add(disk.afterPowerFailure());
        });
    ConfigFile config = open(disk);
    IntStream.rangeClosed(1, 4).forEach(number -> save(config, number));

    assertThat(crashes).hasSizeGreaterThan(30);
    for (MemoryDisk crash : crashes) {
      ConfigFile after = open(crash);
      assertThat(told(after)).hasSize((int) after.version());
      save(after, 9);
      assertThat(told(after).get(0)).isEqualTo(entry(9));
      assertThat(told(open(crash))).hasSize((int) after.version());
    }
  }

  @Test
  void aTornEndIsCutOffAndTheRestKept() {
    ConfigFile config = open(disk);
    config.audit().append(List.of(entry(1), entry(2)));
    byte[] whole = disk.get(FIRST);
    int firstEnds = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
    for (int length = 0; length < whole.length; length++) {
      MemoryDisk torn = disk.copy();
      torn.put(FIRST, Arrays.copyOf(whole, length));
      ConfigFile after = open(torn);
      assertThat(told(after)).hasSize(length < firstEnds ? 0 : 1);
      after.audit().append(List.of(entry(3)));
      assertThat(told(open(torn)).get(0)).isEqualTo(entry(3));
    }
  }

  @Test
  void noBitFlipsUnnoticed() {
    ConfigFile config = open(disk);
    config.audit().append(List.of(entry(1), entry(2), entry(3)));
    byte[] whole = disk.get(FIRST);
    int lastBegins =
        new String(whole, 0, whole.length - 1, StandardCharsets.UTF_8).lastIndexOf('\n');
    for (int i = 0; i < whole.length * 8; i++) {
      byte[] flipped = whole.clone();
      flipped[i / 8] ^= (byte) (1 << i % 8);
      MemoryDisk damaged = disk.copy();
      damaged.put(FIRST, flipped);
      if (i / 8 >= lastBegins) {
        // Like a torn end: cut off, and told in the log; a break before it takes a line with it.
        assertThat(told(open(damaged)))
            .as("bit " + i)
            .containsExactlyElementsOf(
                i / 8 > lastBegins ? List.of(entry(2), entry(1)) : List.of(entry(1)));
      } else {
        assertThatThrownBy(() -> told(open(damaged)))
            .as("bit " + i)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining(FIRST)
            .hasMessageContaining("damaged at line");
      }
    }
  }

  @Test
  void manyFilesAreOneLog() throws IOException {
    ConfigFile config = open(disk);
    List<AuditEntry> all = new ArrayList<>();
    for (int i = 1; i <= 250; i++) {
      AuditEntry large = large(i);
      all.add(0, large);
      config.audit().append(List.of(large));
    }
    assertThat(parts(disk)).hasSizeGreaterThan(2);
    assertThat(paged(config)).containsExactlyElementsOf(all);
    assertThat(paged(open(disk))).containsExactlyElementsOf(all);

    for (int gone : List.of(3, 120, 249, 250)) {
      config.audit().purge(entry(gone + 1).at());
      assertThat(paged(config)).containsExactlyElementsOf(all.subList(0, 250 - gone));
      assertThat(paged(open(disk))).containsExactlyElementsOf(all.subList(0, 250 - gone));
    }
    assertThat(parts(disk)).hasSize(1);
    config.audit().append(List.of(entry(251)));
    assertThat(paged(open(disk))).containsExactly(entry(251));
    assertThat(new String(disk.get("0000000000000251.audit"), StandardCharsets.UTF_8))
        .startsWith("0000000000000251 ");
  }

  /** Entries after a purge that failed halfway are still found. */
  @ParameterizedTest
  @EnumSource(names = {"SYNC", "OPEN"})
  void aPurgeThatFailsHalfwayLosesNothing(MemoryDisk.Fault fault) {
    ConfigFile config = open(disk);
    for (int i = 1; i <= 10; i++) {
      config.audit().append(List.of(entry(i)));
    }
    List<AuditEntry> all = paged(config);
    disk.fail(fault, 1);
    assertThatThrownBy(() -> config.audit().purge(entry(5).at()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("failed partway");

    config.audit().append(List.of(entry(11)));

    for (MemoryDisk image : List.of(disk.copy(), disk.afterPowerFailure())) {
      assertThat(paged(open(image))).contains(entry(11)).containsAll(all.subList(0, 6));
    }
  }

  /** Until the old file is removed, its last lines are in the new one too. */
  @Test
  void aCrashDuringAPurgeDamagesNothing() {
    ConfigFile config = open(disk);
    for (int i = 1; i <= 10; i++) {
      config.audit().append(List.of(entry(i)));
    }
    List<AuditEntry> all = paged(config);
    List<MemoryDisk> crashes = new ArrayList<>();
    disk.afterChange(
        () -> {
          crashes.add(disk.copy());
          crashes.add(disk.afterPowerFailure());
        });

    config.audit().purge(entry(5).at());

    List<AuditEntry> kept = all.subList(0, 6);
    assertThat(crashes).anySatisfy(crash -> assertThat(parts(crash)).hasSize(2));
    for (MemoryDisk crash : crashes) {
      ConfigFile after = open(crash);
      assertThat(paged(after)).isIn(all, kept);
      assertThat(after.audit().oldestFirst()).hasSameSizeAs(paged(after));
      after.audit().purge(entry(5).at());
      assertThat(paged(after)).isEqualTo(kept);
      assertThat(parts(crash)).hasSize(1);
    }
  }

  /** The purge moves what it keeps to another file. */
  @Test
  void aPageHasAllThatAPurgeKeepsMeanwhile() throws InterruptedException {
    ConfigFile config = open(disk);
    for (int i = 1; i <= 10; i++) {
      config.audit().append(List.of(entry(i)));
    }
    Thread purging = new Thread(() -> config.audit().purge(entry(5).at()));
    disk.beforeRead(
        () -> {
          purging.start();
          Poll.until(
              () ->
                  purging.getState() == Thread.State.WAITING
                      || purging.getState() == Thread.State.TERMINATED);
        });

    assertThat(paged(config)).hasSizeGreaterThanOrEqualTo(6).startsWith(entry(10), entry(9));

    purging.join();
    assertThat(paged(config)).hasSize(6);
  }

  private static List<String> parts(MemoryDisk disk) {
    return disk.list().stream().filter(name -> name.endsWith(".audit")).toList();
  }

  private static AuditEntry large(int number) {
    AuditEntry small = entry(number);
    FieldChange wide = new FieldChange("f", "x".repeat(500), "y".repeat(500));
    List<FieldChange> changes = IntStream.range(0, 12).mapToObj(i -> wide).toList();
    return new AuditEntry(
        small.id(), small.at(), small.actor(), small.action(), null, small.target(), changes);
  }

  private static List<AuditEntry> paged(ConfigFile config) {
    List<AuditEntry> all = new ArrayList<>();
    String cursor = null;
    do {
      Page<AuditEntry> page = config.audit().entries(AuditQuery.ALL.limit(70).after(cursor));
      all.addAll(page.data());
      cursor = page.next();
    } while (cursor != null);
    return all;
  }
}
