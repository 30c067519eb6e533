package dev.hookferry.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.event.Sha256;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.session.SessionEntry;
import dev.hookferry.store.session.SessionFilter;
import dev.hookferry.store.session.SessionStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Optional: how a store keeps sessions. */
@Promise(
    by = SessionStore.class,
    value = "Storage of sessions and one-time codes, found by the hash of their secret token.")
public interface SessionStoreContract extends StoreFixture {
  /** When the sessions of these tests begin. */
  Instant MORNING = Instant.parse("2026-01-01T08:00:00.123Z");

  /** The kind of most sessions of these tests. */
  SessionFilter PORTAL = SessionFilter.ofKind("portal");

  /** A session that lasts an hour; the same token always has the same hash. */
  static SessionEntry session(
      StoreHarness harness, String token, String kind, @Nullable SiteId site, String subject) {
    return new SessionEntry(
        harness.samples.deliveryId().value(),
        Sha256.hex(token.getBytes(StandardCharsets.UTF_8)),
        kind,
        site,
        subject,
        site == null ? null : new KeyId(harness.samples.deliveryId().value()),
        MORNING,
        MORNING.plusSeconds(60),
        MORNING.plusSeconds(3_600),
        token.isEmpty() ? "" : "sealed:" + token);
  }

  /** A session of the site of the samples. */
  static SessionEntry session(StoreHarness harness, String token) {
    return session(harness, token, "portal", Samples.SITE, "c-17");
  }

  /** The sessions of the store under test. */
  static SessionStore sessions(StoreHarness harness) {
    return harness.store().sessions().orElseThrow();
  }

  @Test
  default void findsASessionByItsHash(StoreHarness harness) {
    SessionEntry full = session(harness, "one");
    SessionEntry bare = session(harness, "", "console", null, "");
    SessionEntry large =
        new SessionEntry(
            harness.samples.deliveryId().value(),
            "f".repeat(64),
            "a-kind-of-20-letters".replace("20", "xx"),
            Samples.OTHER_SITE,
            "!".repeat(200),
            null,
            MORNING,
            MORNING,
            MORNING,
            "~".repeat(SessionEntry.MAX_TEXT));
    List.of(full, bare, large).forEach(sessions(harness)::add);

    for (SessionEntry entry : List.of(full, bare, large)) {
      assertThat(sessions(harness).find(entry.hash())).contains(entry);
    }
    assertThat(sessions(harness).find("0".repeat(64))).isEmpty();
  }

  @Promise(by = SessionStore.class, value = "Every change is durable when it returns")
  @Test
  default void keepsSessionsAfterReopening(StoreHarness harness) {
    SessionEntry kept = session(harness, "kept");
    SessionEntry ended = session(harness, "ended");
    SessionEntry taken = session(harness, "taken");
    List.of(kept, ended, taken).forEach(sessions(harness)::add);
    assertThat(sessions(harness).extend(kept.hash(), MORNING, MORNING.plusMillis(1))).isTrue();
    assertThat(sessions(harness).remove(PORTAL.id(ended.id()))).isEqualTo(1);
    assertThat(sessions(harness).take(taken.hash())).contains(taken);

    harness.reopen();

    assertThat(sessions(harness).list(PORTAL, null, 10))
        .containsExactly(kept.extended(MORNING, MORNING.plusMillis(1)));
  }

  @Promise(
      by = SessionStore.class,
      value =
          "Removes and returns the session with this hash. Of concurrent callers, exactly one gets"
              + " it.")
  @Test
  default void givesACodeToOnlyOneTaker(StoreHarness harness) throws Exception {
    SessionStore sessions = sessions(harness);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 10; round++) {
        SessionEntry code = session(harness, "code" + round);
        sessions.add(code);
        List<Callable<Optional<SessionEntry>>> takers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          takers.add(() -> sessions.take(code.hash()));
        }
        List<SessionEntry> taken = new ArrayList<>();
        for (Future<Optional<SessionEntry>> each : threads.invokeAll(takers)) {
          each.get().ifPresent(taken::add);
        }
        assertThat(taken).containsExactly(code);
        assertThat(sessions.take(code.hash())).isEmpty();
        assertThat(sessions.find(code.hash())).isEmpty();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Promise(
      by = SessionStore.class,
      value = "false if there is no session with this hash; nothing was changed")
  @Test
  default void extendsOnlyExistingSessions(StoreHarness harness) {
    SessionEntry entry = session(harness, "one");
    Instant later = MORNING.plusSeconds(7_200);
    assertThat(sessions(harness).extend(entry.hash(), later, later)).isFalse();
    assertThat(sessions(harness).find(entry.hash())).isEmpty();
    sessions(harness).add(entry);
    assertThat(sessions(harness).extend(entry.hash(), later, later)).isTrue();
    assertThat(sessions(harness).find(entry.hash())).contains(entry.extended(later, later));
  }

  @Promise(
      by = SessionStore.class,
      value = "Returns the sessions that a filter chooses, newest first by id.")
  @Test
  default void listsWhatAFilterChooses(StoreHarness harness) {
    List<SessionEntry> all = new ArrayList<>();
    for (String token : List.of("a", "b", "c", "d")) {
      all.add(0, session(harness, token));
    }
    all.forEach(sessions(harness)::add);
    sessions(harness).add(session(harness, "e", "portal", Samples.OTHER_SITE, "c-17"));
    sessions(harness).add(session(harness, "f", "console", Samples.SITE, "c-17"));
    SessionEntry other = session(harness, "g", "portal", Samples.SITE, "C-17");
    sessions(harness).add(other);

    SessionFilter mine = PORTAL.site(Samples.SITE).subject("c-17");
    assertThat(sessions(harness).list(mine, null, 10)).containsExactlyElementsOf(all);
    assertThat(sessions(harness).list(mine, null, 2)).containsExactlyElementsOf(all.subList(0, 2));
    assertThat(sessions(harness).list(mine, all.get(1).id(), 10))
        .containsExactlyElementsOf(all.subList(2, 4));
    assertThat(sessions(harness).list(PORTAL.id(other.id()), null, 10)).containsExactly(other);
    assertThat(sessions(harness).list(PORTAL.subject("C-17"), null, 10)).containsExactly(other);
    assertThat(sessions(harness).list(mine.aliveAt(MORNING.plusSeconds(3_599)), null, 10))
        .hasSize(4);
    assertThat(sessions(harness).list(mine.aliveAt(MORNING.plusSeconds(3_600)), null, 10))
        .isEmpty();
  }

  @Promise(by = SessionStore.class, value = "Removes the sessions that a filter chooses.")
  @Test
  default void removesWhatAFilterChooses(StoreHarness harness) {
    SessionEntry one = session(harness, "a");
    SessionEntry two = session(harness, "b");
    SessionEntry elsewhere = session(harness, "c", "console", Samples.OTHER_SITE, "");
    List.of(one, two, elsewhere).forEach(sessions(harness)::add);
    KeyId key = one.key();
    assertThat(key).isNotNull();
    assertThat(sessions(harness).remove(SessionFilter.ofKey(key))).isEqualTo(1);
    assertThat(sessions(harness).remove(SessionFilter.ofKey(key))).isZero();
    assertThat(sessions(harness).remove(PORTAL.subject("nobody"))).isZero();
    assertThat(sessions(harness).remove(SessionFilter.ofSite(Samples.OTHER_SITE))).isEqualTo(1);
    assertThat(sessions(harness).list(PORTAL, null, 10)).containsExactly(two);
  }

  @Promise(by = SessionStore.class, value = "Removes the sessions that have expired at this time.")
  @Test
  default void purgesWhatHasExpired(StoreHarness harness) {
    SessionEntry entry = session(harness, "a");
    sessions(harness).add(entry);
    sessions(harness).add(session(harness, "b").extended(MORNING, MORNING.plusSeconds(10)));

    assertThat(sessions(harness).purge(MORNING.plusSeconds(10))).isEqualTo(1);
    assertThat(sessions(harness).list(PORTAL, null, 10)).containsExactly(entry);
    assertThat(sessions(harness).purge(MORNING.plusSeconds(3_600))).isEqualTo(1);
  }
}
