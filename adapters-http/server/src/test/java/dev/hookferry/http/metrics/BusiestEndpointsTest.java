package dev.hookferry.http.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.id.EndpointId;
import dev.hookferry.testing.ManualClock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BusiestEndpointsTest {
  private static final EndpointId ONE = endpoint(1);
  private static final EndpointId TWO = endpoint(2);
  private static final EndpointId THREE = endpoint(3);
  private static final EndpointId NAMED = endpoint(4);

  private final ManualClock clock = ManualClock.atNoon();
  private final BusiestEndpoints busiest = new BusiestEndpoints(Set.of(NAMED), 2, clock);

  @Test
  void placesAreGivenInTheOrderOfTheFirstAttempts() {
    count(ONE, 1);
    count(TWO, 1);
    count(THREE, 5);

    assertThat(busiest.contains(ONE)).isTrue();
    assertThat(busiest.contains(TWO)).isTrue();
    assertThat(busiest.contains(THREE)).isFalse();
  }

  @Test
  void busierEndpointReplacesTheQuietestAfterAMinute() {
    count(ONE, 2);
    count(TWO, 1);
    count(THREE, 4);
    clock.advance(Duration.ofMinutes(1));

    assertThat(busiest.count(THREE)).containsExactly(TWO);
    assertThat(busiest.contains(ONE)).isTrue();
    assertThat(busiest.contains(TWO)).isFalse();
    assertThat(busiest.contains(THREE)).isTrue();
  }

  @Test
  void choosesAgainAfterTheClockWasSetBack() {
    count(ONE, 2);
    count(TWO, 1);
    count(THREE, 4);
    clock.advance(Duration.ofHours(-6));

    assertThat(busiest.count(THREE)).containsExactly(TWO);
  }

  @Test
  void equallyBusyEndpointReplacesNoOther() {
    count(ONE, 1);
    count(TWO, 2);
    clock.advance(Duration.ofMinutes(1));

    assertThat(busiest.count(THREE)).isEmpty();
    assertThat(busiest.contains(ONE)).isTrue();
    assertThat(busiest.contains(THREE)).isFalse();
  }

  @Test
  void onlyTheAttemptsOfTheLastMinuteCount() {
    count(ONE, 100);
    count(TWO, 1);
    clock.advance(Duration.ofMinutes(1));
    count(TWO, 1);
    count(THREE, 2);
    clock.advance(Duration.ofMinutes(1));

    assertThat(busiest.count(TWO)).containsExactly(ONE);
  }

  @Test
  void namedEndpointTakesNoPlaceAndIsKept() {
    count(NAMED, 100);
    count(ONE, 1);
    count(TWO, 1);
    clock.advance(Duration.ofMinutes(1));

    assertThat(busiest.count(THREE)).isEmpty();
    assertThat(busiest.contains(NAMED)).isTrue();
    assertThat(busiest.contains(ONE)).isTrue();
    assertThat(busiest.contains(TWO)).isTrue();
  }

  @Test
  void withoutPlacesOnlyNamedEndpointsAreIncluded() {
    BusiestEndpoints none = new BusiestEndpoints(Set.of(NAMED), 0, clock);

    assertThat(none.count(ONE)).isEmpty();
    assertThat(none.contains(ONE)).isFalse();
    assertThat(none.contains(NAMED)).isTrue();
  }

  private void count(EndpointId endpoint, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(busiest.count(endpoint)).isEmpty();
    }
  }

  private static EndpointId endpoint(int number) {
    return new EndpointId(new UUID(0x7000, 0x8000_0000_0000_0000L + number));
  }
}
