package dev.hookferry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeyTest {
  private static final SiteId HERE = new SiteId("here");
  private static final SiteId THERE = new SiteId("there");

  /** Every cell: may a key with the scope do what requires the others? */
  @ParameterizedTest
  @CsvSource({
    "PUBLISH, true,  false, false, false",
    "READ,    false, true,  false, false",
    "MANAGE,  false, true,  true,  false",
    "ADMIN,   true,  true,  true,  true"
  })
  void scopesCoverWhatTheTableSays(
      Scope scope, boolean publish, boolean read, boolean manage, boolean admin) {
    assertThat(scope.covers(Scope.PUBLISH)).isEqualTo(publish);
    assertThat(scope.covers(Scope.READ)).isEqualTo(read);
    assertThat(scope.covers(Scope.MANAGE)).isEqualTo(manage);
    assertThat(scope.covers(Scope.ADMIN)).isEqualTo(admin);
  }

  @Test
  void readsItsWords() {
    for (Scope scope : Scope.values()) {
      assertThat(Scope.fromCode(scope.code())).contains(scope);
    }
    assertThat(Scope.fromCode("READ")).isEmpty();
    assertThat(Scope.MANAGE.code()).isEqualTo("manage");
  }

  @Test
  void coversAllSitesUnlessRestrictedToOne() {
    ApiKey free = key(Set.of(Scope.READ), null);
    ApiKey bound = key(Set.of(Scope.READ, Scope.PUBLISH), HERE);

    assertThat(free.permits(Scope.READ, HERE)).isTrue();
    assertThat(free.permits(Scope.READ, null)).isTrue();
    assertThat(free.permits(Scope.PUBLISH, HERE)).isFalse();
    assertThat(bound.permits(Scope.READ, HERE)).isTrue();
    assertThat(bound.permits(Scope.PUBLISH, HERE)).isTrue();
    assertThat(bound.permits(Scope.READ, THERE)).isFalse();
    assertThat(bound.permits(Scope.READ, null)).isFalse();
    assertThat(bound.permits(Scope.MANAGE, HERE)).isFalse();
    assertThat(key(EnumSet.of(Scope.ADMIN), null).permits(Scope.ADMIN, null)).isTrue();
  }

  @Test
  void refusesAnInvalidKey() {
    assertThatThrownBy(() -> new ApiKey(id(), " ", Set.of(), null, "", Instant.EPOCH))
        .isInstanceOfSatisfying(
            InvalidException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::field)
                    .containsExactly("name", "scopes"));
    assertThatThrownBy(() -> key(Set.of(Scope.ADMIN), HERE)).hasMessageStartingWith("site: ");
    assertThatThrownBy(
            () -> new ApiKey(id(), "x".repeat(101), Set.of(Scope.READ), null, "", Instant.EPOCH))
        .hasMessageStartingWith("name: ");
    assertThatThrownBy(
            () -> new ApiKey(id(), "a\u0000", Set.of(Scope.READ), null, "", Instant.EPOCH))
        .hasMessageStartingWith("name: must not contain control characters");
  }

  private static ApiKey key(Set<Scope> scopes, SiteId site) {
    return new ApiKey(id(), "a key", scopes, site, "00", Instant.EPOCH);
  }

  private static KeyId id() {
    return new KeyId(new UUID(1, 2));
  }

  @Test
  void keysHaveAChecksumThatDetectsTypos() {
    Random random = new Random(1);
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      String text = KeyText.generate(random);
      assertThat(texts.add(text)).isTrue();
      assertThat(text).matches("hf_[0-9A-Za-z]{22}_[0-9A-Za-z]{6}");
      assertThat(KeyText.isPlausible(text)).isTrue();
      char[] mistyped = text.toCharArray();
      int place = 3 + random.nextInt(22);
      mistyped[place] = mistyped[place] == 'x' ? 'y' : 'x';
      assertThat(KeyText.isPlausible(new String(mistyped))).isFalse();
      assertThat(KeyText.isPlausible(text + "x")).isFalse();
    }
  }

  @Test
  void hashesKeys() {
    assertThat(KeyText.sha256("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}
