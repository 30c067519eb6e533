package dev.hookferry.file.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.file.MemoryDisk;
import dev.hookferry.file.config.ConfigFile;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.id.AuditId;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.ConfigChange;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Entries are found by what they are about, without reading the others. */
class AuditIndexTest {
  private static final long START = 1_800_000_000L;
  private static final int WIDE = 6_000;
  private static final AuditAction[] ACTIONS = {
    AuditAction.ENDPOINT_CREATED, AuditAction.ENDPOINT_CHANGED, AuditAction.SITE_CHANGED
  };

  private final MemoryDisk disk = new MemoryDisk();
  private final Random random = new Random(20);

  private static ConfigFile open(MemoryDisk at) {
    try {
      return new ConfigFile(at, new FailStop(at));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** An entry of several KiB, so that a few hundred fill several files. */
  private static AuditEntry entry(int number, String target) {
    FieldChange wide = new FieldChange("f", null, "x".repeat(500));
    return new AuditEntry(
        new AuditId(new UUID(number, 0x8000_0000_0000_0000L)),
        Instant.ofEpochSecond(START + 20L * number),
        new Actor(key(number % 3), "ops", ""),
        ACTIONS[number % ACTIONS.length],
        number % 5 == 0 ? null : new SiteId("site-" + number % 4),
        target,
        Collections.nCopies(10, wide));
  }

  private static KeyId key(int number) {
    return new KeyId(new UUID(number, 0x8000_0000_0000_0000L));
  }

  private static List<AuditEntry> filled(ConfigFile config, int count) {
    List<AuditEntry> all =
        IntStream.rangeClosed(1, count).mapToObj(n -> entry(n, "ep_" + n % 100)).toList();
    all.forEach(entry -> config.audit().append(List.of(entry)));
    return all;
  }

  /** Creating thousands of endpoints fills megabytes; an endpoint's page asks about one of them. */
  @Test
  void aQueryByTargetReadsTheEntriesThatItReturns() {
    ConfigFile config = open(disk);
    List<AuditEntry> all = filled(config, 600);
    AuditQuery query = AuditQuery.ALL.target("ep_17");
    List<AuditEntry> first = config.audit().entries(query).data();
    long before = disk.bytesRead();

    List<AuditEntry> again = config.audit().entries(query).data();

    assertThat(first).hasSize(6).isEqualTo(again).contains(all.get(16), all.get(516));
    assertThat(disk.bytesRead() - before).isLessThan(6L * WIDE);
  }

  /** Nothing has to be read to know that there is nothing. */
  @Test
  void aQueryForWhatNeverWasReadsNothing() {
    ConfigFile config = open(disk);
    filled(config, 600);
    AuditQuery query = AuditQuery.ALL.actions(Set.of(AuditAction.KEY_REMOVED));
    assertThat(config.audit().entries(query).data()).isEmpty();
    long before = disk.bytesRead();

    assertThat(config.audit().entries(query).data()).isEmpty();
    assertThat(config.audit().entries(AuditQuery.ALL.site(new SiteId("none"))).data()).isEmpty();

    assertThat(disk.bytesRead() - before).isZero();
  }

  @Test
  void aPageReadsNoMoreThanItShows() {
    ConfigFile config = open(disk);
    filled(config, 600);
    long before = disk.bytesRead();

    assertThat(config.audit().entries(AuditQuery.ALL.limit(10)).data()).hasSize(10);

    assertThat(disk.bytesRead() - before).isLessThan(11L * WIDE);
  }

  @Test
  void everyQueryFindsWhatMatches() {
    ConfigFile config = open(disk);
    filled(config, 500);
    config.audit().purge(entry(37, "").at());
    for (int i = 0; i < 200; i++) {
      AuditQuery query = anyQuery();
      assertThat(paged(config, query)).isEqualTo(matching(config, query));
    }
    config.audit().purge(entry(420, "").at());
    ConfigFile reopened = open(disk);
    for (int i = 0; i < 100; i++) {
      AuditQuery query = anyQuery();
      List<AuditEntry> expected = matching(reopened, query);
      assertThat(paged(config, query)).isEqualTo(expected);
      assertThat(paged(reopened, query)).isEqualTo(expected);
    }
  }

  private AuditQuery anyQuery() {
    AuditQuery query = AuditQuery.ALL.limit(1 + random.nextInt(60));
    if (random.nextBoolean()) {
      query = query.target("ep_" + random.nextInt(100));
    }
    if (random.nextInt(3) == 0) {
      query = query.site(new SiteId("site-" + random.nextInt(5)));
    }
    if (random.nextInt(3) == 0) {
      query = query.key(key(random.nextInt(4)));
    }
    if (random.nextInt(3) == 0) {
      query = query.actions(Set.of(ACTIONS[random.nextInt(3)], AuditAction.KEY_REMOVED));
    }
    Instant since = Instant.ofEpochSecond(START + random.nextInt(10_000));
    TimeWindow window =
        switch (random.nextInt(4)) {
          case 0 -> TimeWindow.ALL.since(since);
          case 1 -> TimeWindow.ALL.until(since);
          case 2 -> TimeWindow.ALL.since(since).until(since.plusSeconds(random.nextInt(3_000)));
          default -> TimeWindow.ALL;
        };
    return query.at(window);
  }

  private static List<AuditEntry> matching(ConfigFile config, AuditQuery query) {
    List<AuditEntry> all =
        new ArrayList<>(
            StreamSupport.stream(config.audit().oldestFirst().spliterator(), false)
                .filter(query::matches)
                .toList());
    Collections.reverse(all);
    return all;
  }

  private static List<AuditEntry> paged(ConfigFile config, AuditQuery query) {
    List<AuditEntry> all = new ArrayList<>();
    Page<AuditEntry> page = config.audit().entries(query);
    all.addAll(page.data());
    while (page.next() != null) {
      page = config.audit().entries(query.after(page.next()));
      all.addAll(page.data());
    }
    return all;
  }

  /** The next entry has the number, and most of the place, of the one that was rolled back. */
  @Test
  void rolledBackEntriesAreNotFound() {
    ConfigFile config = open(disk);
    filled(config, 3);
    int[] changes = new int[1];
    disk.afterChange(
        () -> {
          if (++changes[0] == 2) {
            disk.fail(MemoryDisk.Fault.WRITE, 1);
          }
        });
    List<ConfigChange> refused = List.of(new ConfigChange.Note(entry(4, "ep_refused")));
    assertThatThrownBy(() -> config.save(refused, config.version()))
        .isInstanceOf(StoreException.class);
    config.audit().append(List.of(entry(5, "ep_5")));

    AuditQuery query = AuditQuery.ALL.target("ep_refused");
    assertThat(config.audit().entries(query).data()).isEmpty();
    assertThat(config.audit().entries(query.target("ep_5")).data()).hasSize(1);
  }

  @Test
  void theOldestFilesAreForgottenFirst() {
    AuditIndexes indexes = new AuditIndexes(5);
    AuditIndex two = new AuditIndex();
    two.add(entry(1, "a"), 10);
    two.add(entry(2, "b"), 20);

    indexes.put(3, two);
    indexes.put(5, two);
    indexes.put(7, two);
    assertThat(indexes.get(3)).isNull();
    assertThat(indexes.get(5)).isSameAs(two);

    indexes.put(1, two);
    assertThat(indexes.get(1)).isNull();
    indexes.remove(5);
    indexes.put(1, two);
    assertThat(indexes.get(1)).isSameAs(two);
    assertThat(indexes.get(7)).isSameAs(two);
  }
}
