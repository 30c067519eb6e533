package dev.hookferry.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  private static final Instant NOW = Instant.parse("2026-04-29T16:39:49Z");
  private static final EndpointSigning SIGNING =
      new EndpointSigning(
          List.of(Signature.of(SignatureProfile.STANDARD)),
          null,
          List.of(new EndpointSecret(new Sealed("first"), null)));

  @Test
  void isSubscribedIfOneFilterMatches() {
    Endpoint endpoint = endpoint("", "license_*", "customer_created", "license_*");

    assertThat(endpoint.isSubscribedTo(new EventType("license_deleted"))).isTrue();
    assertThat(endpoint.isSubscribedTo(new EventType("customer_created"))).isTrue();
    assertThat(endpoint.isSubscribedTo(new EventType("customer_deleted"))).isFalse();
    assertThat(endpoint.eventTypes()).hasSize(2);
    assertThat(
            endpoint
                .with(s -> s.eventTypes(List.of(new EventTypeFilter("*"))))
                .isSubscribedTo(EventType.TEST))
        .isTrue();
  }

  @Test
  void refusesInvalidEndpoints() {
    assertThatThrownBy(() -> endpoint("")).hasMessageStartingWith("eventTypes: ");
    assertThatThrownBy(
            () ->
                endpoint("", IntStream.range(0, 101).mapToObj(i -> "t" + i).toArray(String[]::new)))
        .hasMessageStartingWith("eventTypes: ");
    assertThatThrownBy(() -> endpoint("x".repeat(501), "*"))
        .hasMessage("description: must have at most 500 characters");
    assertThatThrownBy(() -> endpoint("a\u0000", "*"))
        .hasMessageStartingWith("description: must not contain control characters");
    assertThatThrownBy(() -> new EndpointSigning(List.of(), null, List.of()))
        .hasMessage("signatures: must name 1 to 4 profiles, such as standard");
  }

  private static Endpoint endpoint(String description, String... filters) {
    return new Endpoint(
        new EndpointId(new UUID(0, 1)),
        SiteId.DEFAULT,
        TargetUrl.parse("https://receiver.example/"),
        EndpointSettings.of(Stream.of(filters).map(EventTypeFilter::new).toList(), SIGNING)
            .description(description)
            .build(),
        EndpointStatus.ENABLED,
        NOW);
  }

  @Test
  void signsWithOldAndNewSecretsDuringARotation() {
    Instant end = NOW.plus(Duration.ofHours(24));
    EndpointSigning rotated = SIGNING.rotated(secret("second"), NOW, end);
    Instant hourLater = NOW.plus(Duration.ofHours(1));

    assertThat(rotated.secrets())
        .containsExactly(
            new EndpointSecret(new Sealed("second"), null),
            new EndpointSecret(new Sealed("first"), end));
    assertThat(rotated.secrets()).isNotEmpty().allMatch(secret -> secret.isActive(hourLater));
    assertThat(rotated.secrets().get(1).isActive(end.minusMillis(1))).isTrue();
    assertThat(rotated.secrets().get(1).isActive(end)).isFalse();
  }

  @Test
  void keepsARunningRotationAndDropsAFinishedOne() {
    Instant end = NOW.plusSeconds(60);
    EndpointSigning twice =
        SIGNING
            .rotated(secret("second"), NOW, end)
            .rotated(secret("third"), NOW.plusSeconds(30), NOW.plusSeconds(500));

    assertThat(twice.secrets())
        .extracting(EndpointSecret::expiresAt)
        .containsExactly(null, NOW.plusSeconds(500), end);
    assertThat(twice.rotated(secret("fourth"), end, NOW.plusSeconds(600)).secrets())
        .extracting(EndpointSecret::secret)
        .containsExactly(new Sealed("fourth"), new Sealed("third"), new Sealed("second"));
  }

  @Test
  void dropsTheOldestOfTooManySecrets() {
    EndpointSigning signing = SIGNING;
    for (int i = 0; i < 10; i++) {
      signing = signing.rotated(secret("n" + i), NOW, NOW.plusSeconds(60));
    }

    assertThat(signing.secrets())
        .extracting(secret -> secret.secret().text())
        .containsExactly("n9", "n8", "n7", "n6", "n5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "_a", "A", "a.b", "a b", "é", "a/b", "a\n"})
  void refusesTheNameOfASite(String text) {
    assertThatThrownBy(() -> new SiteId(text)).hasMessageStartingWith("site: must be 1 to 64");
    assertThatThrownBy(() -> new SiteId("a".repeat(65))).hasMessageStartingWith("site: ");
    assertThat(new SiteId("0a_-" + "z".repeat(60)).value()).hasSize(64);
  }

  private static EndpointSecret secret(String sealed) {
    return new EndpointSecret(new Sealed(sealed), null);
  }
}
