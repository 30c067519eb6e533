package dev.hookferry.contract.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.ConfigSamples;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.contract.support.Threads;
import dev.hookferry.id.AuditId;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of the audit log. */
@Promise(by = AuditLog.class, value = "Appends entries atomically; durable when it returns.")
public interface AuditLogContract extends StoreFixture {
  @Test
  default void keepsEveryFieldOfAnEntry(StoreHarness harness) {
    AuditSamples samples = new AuditSamples(harness.samples);
    List<AuditEntry> all = List.of(samples.plain(AuditAction.SITE_CREATED), samples.full());
    harness.store().audit().append(all);

    assertThat(harness.store().audit().entries(AuditQuery.ALL).data())
        .containsExactly(all.get(1), all.get(0));
    assertThat(harness.store().audit().entries(AuditQuery.ALL).next()).isNull();
  }

  @Test
  default void keepsEveryAction(StoreHarness harness) {
    AuditSamples samples = new AuditSamples(harness.samples);
    List<AuditEntry> all = Stream.of(AuditAction.values()).map(samples::plain).toList();
    all.forEach(entry -> harness.store().audit().append(List.of(entry)));

    assertThat(harness.store().audit().entries(AuditQuery.ALL).data())
        .extracting(AuditEntry::action)
        .containsExactlyInAnyOrder(AuditAction.values());
  }

  @Promise(by = AuditLog.class, value = "Returns entries, newest first.")
  @Test
  default void findsTheEntriesOfSomeActions(StoreHarness harness) {
    AuditSamples samples = new AuditSamples(harness.samples);
    List<AuditEntry> all = Stream.of(AuditAction.values()).map(samples::plain).toList();
    harness.store().audit().append(all);
    Set<AuditAction> wanted = Set.of(AuditAction.KEY_CREATED, AuditAction.KEY_REMOVED);

    assertThat(harness.store().audit().entries(AuditQuery.ALL.actions(wanted)).data())
        .extracting(AuditEntry::action)
        .containsExactly(AuditAction.KEY_REMOVED, AuditAction.KEY_CREATED);
  }

  @Promise(
      by = ConfigStore.class,
      value =
          "each ConfigChange.Note among them is in the AuditLog if and only if the "
              + "others are applied")
  @Test
  default void storesAnEntryOnlyTogetherWithItsChange(StoreHarness harness) {
    AuditSamples samples = new AuditSamples(harness.samples);
    ConfigSamples config = new ConfigSamples(harness.samples);
    ConfigChange site = new ConfigChange.PutSite(config.fullSite("a"));
    AuditEntry first = samples.plain(AuditAction.SITE_CREATED);
    AuditEntry second = samples.full();

    List<ConfigChange> changes = List.of(site, note(first), note(second));
    assertThat(harness.store().config().save(changes, 0)).contains(1L);
    AuditEntry refused = samples.plain(AuditAction.SITE_CHANGED);
    assertThat(harness.store().config().save(List.of(site, note(refused)), 0)).isEmpty();

    assertThat(harness.store().config().load().sites()).hasSize(1);
    assertThat(harness.store().audit().entries(AuditQuery.ALL).data())
        .containsExactly(second, first);
  }

  private static ConfigChange note(AuditEntry entry) {
    return new ConfigChange.Note(entry);
  }

  @Promise(by = AuditLog.class, value = "Returns entries, newest first.")
  @Test
  default void filtersBySiteKeyTargetAndTime(StoreHarness harness) {
    AuditSamples samples = new AuditSamples(harness.samples);
    AuditEntry plain = samples.plain(AuditAction.SITE_CREATED);
    harness.samples.pass(Duration.ofSeconds(10));
    AuditEntry full = samples.full();
    harness.store().audit().append(List.of(plain, full));
    AuditLog log = harness.store().audit();
    Instant between = plain.at().plusSeconds(5);

    assertThat(log.entries(AuditQuery.ALL.site(full.site())).data()).containsExactly(full);
    assertThat(log.entries(AuditQuery.ALL.key(full.actor().key())).data()).containsExactly(full);
    assertThat(log.entries(AuditQuery.ALL.target(full.target())).data()).containsExactly(full);
    assertThat(log.entries(AuditQuery.ALL.at(TimeWindow.ALL.until(between))).data())
        .containsExactly(plain);
    assertThat(log.entries(AuditQuery.ALL.at(TimeWindow.ALL.since(full.at()))).data())
        .containsExactly(full);
    AuditQuery nobodys = AuditQuery.ALL.site(new SiteId("nobody"));
    assertThat(log.entries(nobodys).data()).isEmpty();
  }

  @Promise(by = AuditLog.class, value = "Cursors are opaque, as in AttemptLog.")
  @Test
  default void pagesWithoutGapsOrDuplicates(StoreHarness harness) {
    AuditSamples samples = new AuditSamples(harness.samples);
    List<AuditEntry> all = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      all.add(0, i % 3 == 0 ? samples.full() : samples.plain(AuditAction.SITE_CHANGED));
      harness.store().audit().append(List.of(all.get(0)));
    }

    List<AuditEntry> seen = new ArrayList<>();
    Page<AuditEntry> page = harness.store().audit().entries(AuditQuery.ALL.limit(10));
    harness.store().audit().append(List.of(samples.full()));
    seen.addAll(page.data());
    while (page.next() != null) {
      page = harness.store().audit().entries(AuditQuery.ALL.limit(10).after(page.next()));
      seen.addAll(page.data());
    }

    assertThat(seen).containsExactlyElementsOf(all);
    for (String wrong : List.of("x", "", "-1", "evt_1", "aud_!", "1e3")) {
      assertThatThrownBy(
              () -> harness.store().audit().entries(AuditQuery.ALL.limit(10).after(wrong)))
          .as(wrong)
          .isInstanceOf(InvalidException.class);
    }
  }

  @Test
  default void appendsConcurrentlyFromManyThreads(StoreHarness harness) throws Exception {
    AuditSamples samples = new AuditSamples(harness.samples);
    List<Callable<Void>> appends = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      List<AuditEntry> some =
          Stream.generate(() -> samples.plain(AuditAction.SITE_CHANGED)).limit(40).toList();
      appends.add(
          () -> {
            harness.store().audit().append(some.subList(0, 20));
            harness.store().audit().append(some.subList(20, 40));
            return null;
          });
    }
    Threads.atOnce(appends);

    AuditQuery whole = AuditQuery.ALL.limit(PageRequest.MAX_LIMIT);
    assertThat(harness.store().audit().entries(whole).data()).hasSize(320).doesNotHaveDuplicates();
  }

  @Promise(by = AuditLog.class, value = "Deletes entries older than a time.")
  @Test
  default void purgesOlderEntries(StoreHarness harness) {
    AuditSamples samples = new AuditSamples(harness.samples);
    AuditLog log = harness.store().audit();
    AuditEntry old = samples.full();
    log.append(List.of(old, samples.plain(AuditAction.SITE_CHANGED)));
    harness.samples.pass(PurgeContract.AGES);
    AuditEntry later = samples.full();
    log.append(List.of(later));

    assertThat(log.purge(old.at())).isZero();
    assertThat(log.entries(AuditQuery.ALL).data()).hasSize(3);
    assertThat(log.purge(later.at())).isEqualTo(2);
    assertThat(log.entries(AuditQuery.ALL).data()).containsExactly(later);
    assertThat(log.purge(later.at().plusSeconds(1))).isEqualTo(1);
    assertThat(log.entries(AuditQuery.ALL).data()).isEmpty();

    AuditEntry fresh = samples.full();
    log.append(List.of(fresh));
    assertThat(log.entries(AuditQuery.ALL).data()).containsExactly(fresh);
  }

  @Promise(by = AuditLog.class, value = "Deletes entries older than a time.")
  @Test
  default void purgesManyEntriesAtOnce(StoreHarness harness) {
    AuditSamples samples = new AuditSamples(harness.samples);
    AuditLog log = harness.store().audit();
    for (int i = 0; i < 21; i++) {
      log.append(
          Stream.generate(() -> samples.plain(AuditAction.SITE_CHANGED)).limit(100).toList());
    }
    harness.samples.pass(PurgeContract.AGES);
    AuditEntry later = samples.full();
    log.append(List.of(later));

    assertThat(log.purge(later.at())).isEqualTo(2_100);
    assertThat(log.entries(AuditQuery.ALL).data()).containsExactly(later);
  }

  /** Entries to test with. */
  final class AuditSamples {
    private final Samples samples;

    public AuditSamples(Samples samples) {
      this.samples = samples;
    }

    public AuditEntry plain(AuditAction action) {
      return entry(Actor.PROGRAM, action, null, "default", List.of());
    }

    public AuditEntry full() {
      return entry(
          new Actor(new KeyId(samples.deliveryId().value()), "clé-Ω 漢字 😀", "2001:db8::1"),
          AuditAction.ENDPOINT_CHANGED,
          new SiteId("acme"),
          samples.endpoint().toString(),
          List.of(
              new FieldChange("url", "https://a.example/x?\\\t\n\r\"'", "https://b.example/"),
              new FieldChange("description", null, "é".repeat(499)),
              new FieldChange("retry", "\\N", null),
              new FieldChange("empty", "", "")));
    }

    private AuditEntry entry(
        Actor by, AuditAction action, SiteId site, String target, List<FieldChange> changes) {
      return new AuditEntry(
          new AuditId(samples.deliveryId().value()),
          samples.now(),
          by,
          action,
          site,
          target,
          changes);
    }
  }
}
