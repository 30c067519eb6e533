package dev.hookferry.internal.argument;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.Embedded;
import dev.hookferry.event.NewEvent;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever a caller gives a time, it is one that every store can keep. */
class StorableTimesTest {
  private static final List<Instant> OUTSIDE =
      List.of(
          Instant.MIN,
          StorableTimes.FIRST.minusNanos(1),
          StorableTimes.LAST.plusNanos(1),
          Instant.ofEpochMilli(Long.MAX_VALUE),
          Instant.MAX);

  static Stream<Arguments> doors() {
    NewEvent event = NewEvent.of("license_created", "{}");
    ReplayWindow window = ReplayWindow.since(StorableTimes.FIRST);
    Signature signature = Signature.of(SignatureProfile.STANDARD);
    return Stream.of(
        door("occurredAt", event::occurredAt),
        door("submittedAt", event::submittedAt),
        door("deliverAt", event::deliverAt),
        door("since", TimeWindow.ALL::since),
        door("until", TimeWindow.ALL::until),
        door("since", ReplayWindow::since),
        door("until", window::until),
        door("until", signature::until),
        door("until", end -> new Signature(SignatureProfile.STANDARD, Map.of(), end)));
  }

  private static Arguments door(String field, Consumer<Instant> door) {
    return Arguments.of(field, door);
  }

  @ParameterizedTest
  @MethodSource("doors")
  void refusesOtherYears(String field, Consumer<Instant> door) {
    for (Instant time : OUTSIDE) {
      assertThatThrownBy(() -> door.accept(time))
          .isInstanceOf(InvalidException.class)
          .hasMessage(field + ": must be in the years 1 to 9999 (got " + time + ")");
    }
    for (Instant time : List.of(StorableTimes.FIRST, Instant.EPOCH, StorableTimes.LAST)) {
      assertThatCode(() -> door.accept(time)).doesNotThrowAnyException();
    }
  }

  /** Times of a query stay in the range after Hookferry has added to them. */
  @Test
  void everyTimeOfAQueryCanBeSearchedFor() {
    try (Embedded embedded = new Embedded()) {
      TimeWindow all = TimeWindow.ALL.since(StorableTimes.FIRST).until(StorableTimes.LAST);
      DeliveryQuery query = DeliveryQuery.ofSite(Embedded.SITE).created(all);
      ReplayWindow window = ReplayWindow.since(StorableTimes.FIRST).until(StorableTimes.LAST);

      assertThatCode(() -> embedded.webhooks.deliveries().list(query)).doesNotThrowAnyException();
      assertThatCode(() -> embedded.webhooks.deliveries().list(query.statusCode(500)))
          .doesNotThrowAnyException();
      assertThatCode(() -> embedded.webhooks.replays().preview(Embedded.SITE, window))
          .doesNotThrowAnyException();
    }
  }
}
