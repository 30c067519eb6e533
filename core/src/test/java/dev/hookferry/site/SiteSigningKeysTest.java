package dev.hookferry.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.refusal.ConflictException;
import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.Ed25519Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SiteSigningKeysTest {
  private static final Instant NOW = Instant.parse("2026-04-29T16:39:49Z");

  private final SiteSigningKey first = key(1, NOW);
  private final SiteSigningKey second = key(2, NOW.plus(Duration.ofDays(1)));
  private final SiteSigningKeys one = SiteSigningKeys.NONE.with(first, NOW);
  private final SiteSigningKeys two = one.with(second, NOW);

  @Test
  void aFurtherKeyIsPublishedADayBeforeItSigns() {
    assertThat(SiteSigningKeys.NONE.activeAt(NOW)).isEmpty();
    assertThat(one.activeAt(NOW)).contains(first);
    assertThat(two.publishedAt(NOW)).containsExactly(first, second);
    assertThat(two.activeAt(NOW.plus(Duration.ofDays(1)).minusNanos(1))).contains(first);
    assertThat(two.activeAt(NOW.plus(Duration.ofDays(1)))).contains(second);
  }

  @Test
  void aKeyStaysPublishedForADayAfterItSigned() {
    Instant last = NOW.plus(Duration.ofDays(2)).minusNanos(1);

    assertThat(two.publishedAt(last)).containsExactly(first, second);
    assertThat(two.publishedAt(last.plusNanos(1))).containsExactly(second);
    Instant later = NOW.plus(Duration.ofDays(9));
    SiteSigningKey third = key(3, later.plus(SiteSigningKeys.LEAD));
    assertThat(two.with(third, later).all()).containsExactly(second, third);
  }

  @Test
  void onlyOneKeyWaits() {
    SiteSigningKey third = key(3, NOW.plus(Duration.ofDays(2)));

    assertThatThrownBy(() -> two.with(third, NOW))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining(second.kid() + " is waiting: it signs from 2026-04-30T16:39:49Z");
  }

  private static SiteSigningKey key(int seed, Instant activeFrom) {
    Ed25519Key pair = Ed25519Key.generate(new Random(seed));
    return new SiteSigningKey(pair.publicKey(), new Sealed("sealed"), activeFrom);
  }
}
