package dev.hookferry.store.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSettings;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.secret.Secrets;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.Node;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConfigTest {
  private static final SiteId A = new SiteId("a");
  private static final SiteId B = new SiteId("b");
  private static final Site SITE_A = new Site(A, SiteSettings.DEFAULT, Instant.EPOCH);
  private static final Site SITE_B = new Site(B, SiteSettings.DEFAULT, Instant.EPOCH);

  private final Config full =
      Config.EMPTY.after(
          List.of(
              new ConfigChange.PutSite(SITE_A),
              new ConfigChange.PutSite(SITE_B),
              new ConfigChange.PutEndpoint(endpoint(1, A)),
              new ConfigChange.PutEndpoint(endpoint(2, B)),
              new ConfigChange.PutKey(key(1, A)),
              new ConfigChange.PutKey(key(2, null))));

  @Test
  void countsVersionsAndDoesNotChangeTheOldOne() {
    assertThat(full.version()).isEqualTo(1);
    assertThat(full.after(List.of()).version()).isEqualTo(2);
    assertThat(full.sites()).containsOnlyKeys(A, B);
    assertThat(Config.EMPTY.sites()).isEmpty();
  }

  @Test
  void removesASiteWithItsEndpointsAndKeys() {
    Config after = full.after(List.of(new ConfigChange.RemoveSite(A)));

    assertThat(after.sites()).containsOnlyKeys(B);
    assertThat(after.endpoints()).containsOnlyKeys(endpoint(2, B).id());
    assertThat(after.keys()).containsOnlyKeys(key(2, null).id());
    assertThat(full.endpoints()).hasSize(2);
  }

  @Test
  void removesSingleThings() {
    Config after =
        full.after(
            List.of(
                new ConfigChange.RemoveEndpoint(endpoint(1, A).id()),
                new ConfigChange.RemoveKey(key(2, null).id()),
                new ConfigChange.RemoveKey(key(9, null).id())));

    assertThat(after.endpoints()).containsOnlyKeys(endpoint(2, B).id());
    assertThat(after.keys()).containsOnlyKeys(key(1, A).id());
    assertThat(after.sites()).isEqualTo(full.sites());
  }

  @Test
  void appliesChangesInOrder() {
    Config after =
        full.after(
            List.of(
                new ConfigChange.RemoveSite(A),
                new ConfigChange.PutSite(SITE_A),
                new ConfigChange.PutEndpoint(endpoint(3, A))));

    assertThat(after.endpoints()).containsOnlyKeys(endpoint(2, B).id(), endpoint(3, A).id());
    assertThat(after.sites()).containsOnlyKeys(A, B);
  }

  @Test
  void findsTheEndpointsOfASiteAndAKeyByItsHash() {
    assertThat(full.endpointsOf(A)).containsOnlyKeys(endpoint(1, A).id());
    assertThat(full.endpointsOf(new SiteId("c"))).isEmpty();
    assertThat(full.findKey("00").map(ApiKey::id)).contains(key(1, A).id());
    assertThat(full.findKey("01")).isEmpty();

    Config moved = full.after(List.of(new ConfigChange.PutEndpoint(endpoint(1, B))));
    assertThat(moved.endpointsOf(A)).isEmpty();
    assertThat(moved.endpointsOf(B)).hasSize(2);
  }

  @Test
  void findsTheSecondOfTwoEqualKeysAfterTheFirstIsRemoved() {
    Config one = full.after(List.of(new ConfigChange.RemoveKey(key(1, A).id())));
    Config none = one.after(List.of(new ConfigChange.RemoveKey(key(2, null).id())));

    assertThat(one.findKey("00").map(ApiKey::id)).contains(key(2, null).id());
    assertThat(none.findKey("00")).isEmpty();
  }

  @Test
  void listsDifferences() {
    Config other =
        full.after(
            List.of(
                new ConfigChange.PutSite(SITE_A.with(SiteSettings.DEFAULT)),
                new ConfigChange.RemoveSite(B),
                new ConfigChange.PutEndpoint(endpoint(3, A)),
                new ConfigChange.RemoveKey(key(2, null).id())));

    assertThat(other.diff(full))
        .isEqualTo(
            new ConfigDiff(
                List.of(B),
                List.of(endpoint(2, B).id(), endpoint(3, A).id()),
                List.of(key(2, null).id())));
    assertThat(full.diff(other)).isEqualTo(other.diff(full));
    assertThat(full.diff(full)).isEqualTo(new ConfigDiff(List.of(), List.of(), List.of()));
  }

  @Test
  void includesARunningRotation() {
    Config rotating = full.after(List.of(new ConfigChange.PutRotation("mk_2")), 1);

    assertThat(full.rotation()).isNull();
    assertThat(rotating.rotation()).isEqualTo("mk_2");
    assertThat(rotating.after(List.of()).rotation()).isEqualTo("mk_2");
    assertThat(rotating).isNotEqualTo(full);
    assertThat(rotating.after(List.of(new ConfigChange.PutRotation(null)), 1)).isEqualTo(full);
  }

  @Test
  void pausesNewAndChangedEndpointsAndReusesTheRest() {
    Config fullPaused = full.paused(Config.EMPTY, Config.EMPTY);
    Config next =
        full.after(
            List.of(
                new ConfigChange.PutEndpoint(endpoint(1, B)),
                new ConfigChange.RemoveSite(A),
                new ConfigChange.PutEndpoint(endpoint(3, B)),
                new ConfigChange.PutRotation("mk_2")));

    Config paused = next.paused(full, fullPaused);

    assertThat(fullPaused.endpoints().values()).hasSize(2).noneMatch(Endpoint::enabled);
    assertThat(paused).isEqualTo(next.paused(Config.EMPTY, Config.EMPTY));
    assertThat(paused.endpoints()).hasSize(3);
    assertThat(paused.endpoints().values()).noneMatch(Endpoint::enabled);
    assertThat(paused.endpointsOf(A)).isEmpty();
    assertThat(paused.endpointsOf(B)).isEqualTo(paused.endpoints());
    assertThat(paused.endpoints().get(endpoint(2, B).id()))
        .isSameAs(fullPaused.endpoints().get(endpoint(2, B).id()));
    assertThat(paused.version()).isEqualTo(next.version());
    assertThat(paused.sites()).containsOnlyKeys(B);
    assertThat(paused.rotation()).isEqualTo("mk_2");
    assertThat(next.endpoints().values()).isNotEmpty().allMatch(Endpoint::enabled);
  }

  private static Endpoint endpoint(long number, SiteId site) {
    return new Endpoint(
        new EndpointId(new UUID(0, number)),
        site,
        TargetUrl.parse("https://receiver.example/" + number),
        EndpointSettings.of(
                List.of(new EventTypeFilter("*")),
                new EndpointSigning(List.of(Signature.of(SignatureProfile.QLM)), null, List.of()))
            .build(),
        EndpointStatus.ENABLED,
        Instant.EPOCH);
  }

  private static ApiKey key(long number, SiteId site) {
    KeyId id = new KeyId(new UUID(0, number));
    return new ApiKey(id, "key", Set.of(Scope.READ), site, "00", Instant.EPOCH);
  }

  @Test
  void refusesInvalidWindowsPagesAndNodes() {
    Instant now = Instant.EPOCH;
    assertThatThrownBy(() -> TimeWindow.ALL.since(now).until(now.minusMillis(1)))
        .hasMessage("until: must not be before since");
    assertThat(TimeWindow.ALL.since(now).until(now).contains(now)).isFalse();
    assertThat(TimeWindow.ALL.contains(now)).isTrue();
    for (int limit : List.of(0, -1, 501)) {
      assertThatThrownBy(() -> PageRequest.of(limit))
          .hasMessage("limit: must be from 1 to 500 (got " + limit + ")");
    }
    for (String name : List.of("", " ", "x".repeat(201))) {
      assertThatThrownBy(() -> new Node(name)).hasMessage("node: must have 1 to 200 characters");
    }
    assertThatThrownBy(() -> new PublishEntry(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void selectsTheEndpointsInItsScope() {
    EndpointId one = endpoint(1, A).id();
    EndpointId two = endpoint(2, B).id();

    assertThat(EndpointScope.ALL.contains(one)).isTrue();
    assertThat(EndpointScope.only(Set.of(one)).contains(one)).isTrue();
    assertThat(EndpointScope.only(Set.of(one)).contains(two)).isFalse();
    assertThat(EndpointScope.only(Set.of()).contains(two)).isFalse();
    assertThat(EndpointScope.except(Set.of(one)).contains(one)).isFalse();
    assertThat(EndpointScope.except(Set.of(one)).contains(two)).isTrue();
    EndpointScope only = EndpointScope.only(Set.of(one, two));
    EndpointScope except = EndpointScope.except(Set.of(one));
    assertThat(only.and(except)).isEqualTo(EndpointScope.only(Set.of(two)));
    assertThat(except.and(only)).isEqualTo(EndpointScope.only(Set.of(two)));
    assertThat(except.and(EndpointScope.except(Set.of(two))))
        .isEqualTo(EndpointScope.except(Set.of(one, two)));
  }

  @Test
  void keepsPlainSecretsOnlyOnRequest() {
    SecretCipher none = Secrets.inTheClear();

    assertThat(none.open(none.seal("s3cr3t", "here"), "there")).isEqualTo("s3cr3t");
    assertThatThrownBy(() -> none.open(new Sealed("v1:x"), "site/a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("site/a was sealed by another cipher");
    assertThatThrownBy(() -> none.open(new Sealed("sealed:1:mk_0a:x:y"), "site/a"))
        .isInstanceOf(MasterKeyException.class)
        .hasMessage(
            "site/a is sealed with the master key mk_0a, which is not given (no master key was given)");
    assertThat(none.keyOf(new Sealed("sealed:1:mk_0a:x:y"))).contains("mk_0a");
    assertThat(none.keyOf(none.seal("sealed:1:mk_0a:x:y", "here"))).isEmpty();
  }
}
