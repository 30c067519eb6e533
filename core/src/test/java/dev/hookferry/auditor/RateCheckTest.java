package dev.hookferry.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.event.Payload;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.limit.SendRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RateCheckTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final DeliveryId DELIVERY = new DeliveryId(new UUID(1, 1));

  private final EndpointId endpoint = new Samples(5).endpoint();
  private final List<Arrived> arrived = new ArrayList<>();

  @Test
  void acceptsARateThatTwoProcessesShare() {
    send("a", 2.5, 30);
    send("b", 2.5, 30);

    assertThat(judge(Set.of(), List.of())).isEmpty();
  }

  @Test
  void objectsToAProcessThatSendsFaster() {
    send("a", 6, 30);

    assertThat(judge(Set.of(), List.of())).anyMatch(one -> one.startsWith("a sent more than 5/s"));
  }

  @Test
  void objectsToProcessesThatDoNotShare() {
    send("a", 5, 30);
    send("b", 5, 30);

    assertThat(judge(Set.of(), List.of()))
        .isNotEmpty()
        .allMatch(one -> one.startsWith("together more than 5/s"));
  }

  @Test
  void disturbancesExplainAnUnequalShare() {
    send("a", 5, 30);
    send("b", 5, 30);
    Disturbance cut = new Disturbance("cut off", START, START.plusSeconds(60));

    assertThat(judge(Set.of(), List.of(cut))).isEmpty();
  }

  @Test
  void retriesByHandDoNotCount() {
    send("a", 50, 30);

    assertThat(judge(Set.of(DELIVERY), List.of())).isEmpty();
  }

  private void send(String sender, double perSecond, int seconds) {
    for (int i = 0; i < perSecond * seconds; i++) {
      Instant at = START.plus(Duration.ofMillis(Math.round(i * 1000 / perSecond)));
      arrived.add(
          new Arrived(
              endpoint,
              sender,
              DELIVERY,
              new EventId("e"),
              1,
              at,
              at.plusMillis(1),
              200,
              Payload.of("{}"),
              Map.of()));
    }
  }

  private List<String> judge(Set<DeliveryId> retried, List<Disturbance> disturbances) {
    return new RateCheck(Map.of(endpoint, SendRate.perSecond(5)), retried, START)
        .judge(arrived, disturbances);
  }
}
