package dev.hookferry.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.id.IdSource;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.MasterKeySource;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.session.SessionEntry;
import dev.hookferry.store.session.SessionFilter;
import dev.hookferry.store.session.SessionStore;
import dev.hookferry.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionKeeperTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration HALF_A_DAY = Duration.ofHours(12);
  private static final NewSession PORTAL =
      NewSession.of("portal", HOUR).site(SiteId.DEFAULT).subject("c-17").text("labels of c-17");

  private final ManualClock clock = ManualClock.atNoon();
  private final SessionStore store = SessionStore.inMemory();
  private final SessionKeeper keeper = keeper(sealing(1));

  private static SecretCipher sealing(long seed) {
    SecretCipher cipher = Secrets.sealedBy(MasterKeySource.inMemory(new Random(seed)));
    cipher.reloadKeys(false);
    return cipher;
  }

  private SessionKeeper keeper(SecretCipher cipher) {
    return new SessionKeeper(store, cipher, clock, new IdSource(new Random(2)), new Random(3));
  }

  @Test
  void aTokenOpensItsSession() {
    SessionKeeper.Begun begun = keeper.begin(PORTAL);

    OpenSession found = keeper.find("portal", begun.token()).orElseThrow();
    assertThat(found).isEqualTo(new OpenSession(begun.entry(), "labels of c-17"));
    assertThat(found.entry().site()).isEqualTo(SiteId.DEFAULT);
    assertThat(found.entry().subject()).isEqualTo("c-17");
    assertThat(keeper.find("portal", begun.token() + "x")).isEmpty();
    assertThat(keeper.find("console", begun.token())).as("another kind").isEmpty();
    assertThat(keeper.take("console", begun.token())).as("another kind").isEmpty();
  }

  @Test
  void theStoreHasNeitherTokenNorText() {
    SessionKeeper.Begun begun = keeper.begin(PORTAL);

    SessionEntry stored = store.find(begun.entry().hash()).orElseThrow();
    assertThat(stored.hash()).matches("[0-9a-f]{64}").doesNotContain(begun.token());
    assertThat(stored.text()).matches("[!-~]+").doesNotContain("labels");
    assertThat(begun.toString() + stored + keeper.find("portal", begun.token()))
        .doesNotContain(begun.token(), "labels", stored.hash());
  }

  @Test
  void textsNeedNoMasterKey() {
    SessionKeeper plain = keeper(Secrets.inTheClear());
    String token = plain.begin(PORTAL.text("{\"name\": \"Ada Lovelace \u00fc\"}")).token();

    assertThat(plain.find("portal", token).orElseThrow().text()).contains("Ada Lovelace \u00fc");
    assertThat(store.list(SessionFilter.ofKind("portal"), null, 1).get(0).text()).matches("[!-~]+");
  }

  @Test
  void aSessionEndsWithTheKeyThatSealedIt() {
    String token = keeper.begin(PORTAL).token();
    SessionKeeper other = keeper(sealing(9));
    assertThat(other.find("portal", token)).isEmpty();
  }

  @Test
  void aShortSessionLastsWhileItIsUsed() {
    Duration minute = Duration.ofMinutes(1);
    String token = keeper.begin(NewSession.of("portal", minute).text("")).token();
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofSeconds(50));
      keeper.extend(keeper.find("portal", token).orElseThrow(), minute, HOUR);
    }
    clock.advance(minute.plusSeconds(1));
    assertThat(keeper.find("portal", token)).isEmpty();
  }

  @Test
  void aSessionEndsAfterDisuseAndAfterItsLongestTime() {
    SessionKeeper.Begun begun = keeper.begin(PORTAL);
    clock.advance(HOUR);
    for (int i = 1; i < 12; i++) {
      keeper.extend(keeper.find("portal", begun.token()).orElseThrow(), HOUR, HALF_A_DAY);
      clock.advance(HOUR);
    }
    assertThat(keeper.find("portal", begun.token())).isPresent();
    clock.advance(Duration.ofMillis(1));
    assertThat(keeper.find("portal", begun.token())).isEmpty();

    String idle = keeper.begin(PORTAL).token();
    clock.advance(HOUR.plusMillis(1));
    assertThat(keeper.find("portal", idle)).isEmpty();
    assertThat(keeper.purge()).isEqualTo(1);
    assertThat(keeper.expired("portal", idle)).isPresent();
    clock.advance(HOUR);
    assertThat(keeper.purge()).isEqualTo(1);
    assertThat(keeper.expired("portal", idle)).isEmpty();
  }

  @Test
  void activeOrEndedSessionHasNotExpired() {
    String token = keeper.begin(PORTAL).token();
    assertThat(keeper.expired("portal", token)).isEmpty();
    assertThat(keeper.end(SessionFilter.ofKind("portal"))).isEqualTo(1);
    clock.advance(HOUR.plusMillis(1));
    assertThat(keeper.expired("portal", token)).isEmpty();
  }

  @Test
  void useIsWrittenAtMostOnceAMinute() {
    SessionKeeper.Begun begun = keeper.begin(PORTAL);
    clock.advance(Duration.ofSeconds(59));
    keeper.extend(keeper.find("portal", begun.token()).orElseThrow(), HOUR, HALF_A_DAY);
    assertThat(used(begun)).isEqualTo(begun.entry().createdAt());

    clock.advance(Duration.ofSeconds(1));
    keeper.extend(keeper.find("portal", begun.token()).orElseThrow(), HOUR, HALF_A_DAY);
    assertThat(used(begun)).isEqualTo(clock.instant());
  }

  private Instant used(SessionKeeper.Begun begun) {
    return store.find(begun.entry().hash()).orElseThrow().usedAt();
  }

  @Test
  void aCodeIsTakenOnceAndInTime() {
    NewSession code = NewSession.of("portal-code", Duration.ofSeconds(60)).text("x");
    String token = keeper.begin(code).token();
    assertThat(keeper.take("portal-code", token)).map(OpenSession::text).contains("x");
    assertThat(keeper.take("portal-code", token)).isEmpty();

    String late = keeper.begin(code).token();
    clock.advance(Duration.ofSeconds(61));
    assertThat(keeper.take("portal-code", late)).isEmpty();
  }

  @Test
  void sessionsAreListedUntilTheyEnd() {
    SessionEntry first = keeper.begin(PORTAL).entry();
    SessionEntry second = keeper.begin(PORTAL).entry();
    SessionFilter all = SessionFilter.ofKind("portal");

    Page<SessionEntry> page = keeper.list(all, PageRequest.of(1));
    assertThat(page.data()).containsExactly(second);
    assertThat(keeper.list(all, PageRequest.of(1).after(page.next())))
        .isEqualTo(new Page<>(List.of(first), null));
    assertThatThrownBy(() -> keeper.list(all, PageRequest.of(1).after("x")))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("cursor: is not a cursor of this list");

    assertThat(keeper.end(all.id(first.id()))).isEqualTo(1);
    clock.advance(HOUR);
    assertThat(keeper.list(all, PageRequest.FIRST).data()).isEmpty();
  }

  @Test
  void oversizedSessionsAreRefused() {
    assertThatThrownBy(() -> keeper.begin(PORTAL.text("x".repeat(SessionEntry.MAX_TEXT))))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("is too large to store");
    assertThatThrownBy(() -> PORTAL.subject("c 17")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NewSession.of("Portal", HOUR))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
