package dev.hookferry.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.ReplayId;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReplayTextTest {
  private static final Instant NOW = Instant.parse("2026-04-29T16:39:49.123Z");
  private static final ReplayId ID = new ReplayId(new UUID(1, 2));

  @Test
  void readsBackWhatItWrote() {
    ReplayWindow some =
        ReplayWindow.since(NOW)
            .until(NOW.plusSeconds(1))
            .endpoint(new EndpointId(new UUID(3, 4)))
            .types(Set.of(new EventType("license_created"), new EventType("a.b-c")))
            .event(new EventId("evt_1-2"))
            .statusCode(503)
            .fields(Map.of("customer.id", "a=b&c \u00e9", "$_@-x", ""))
            .statuses(Set.of(DeliveryState.EXHAUSTED));
    ReplayJob begun = ReplayJob.begin(ID, new SiteId("shop"), some, 7, NOW);
    ReplayJob ended =
        begun
            .expecting(9)
            .heldBy("me", NOW.plusSeconds(30))
            .advanced(3, 1, "a&b=c \u00e9", NOW)
            .cancelled("its site = gone & more", NOW.plusSeconds(9));
    ReplayWindow any = ReplayWindow.since(NOW).until(NOW);
    ReplayJob open = ReplayJob.begin(ID, new SiteId("shop"), any, 1, NOW);
    ReplayJob missing =
        ReplayJob.begin(ID, new SiteId("shop"), some.statusCode(null).missing(true), 1, NOW);
    for (ReplayJob job : new ReplayJob[] {begun, ended, open, missing}) {
      String text = ReplayText.write(job);
      assertThat(text).matches("[!-~]+");
      assertThat(ReplayText.read(ID, text)).isEqualTo(job);
      assertThat(ReplayText.read(ID, text + "&later=1")).isEqualTo(job);
    }
  }

  /** Replays that were started before states could be several. */
  @Test
  void aReplayWithoutStatesCoversAllFinalDeliveries() {
    ReplayWindow any = ReplayWindow.since(NOW).until(NOW).statuses(ReplayWindow.ENDED);
    ReplayJob job = ReplayJob.begin(ID, new SiteId("shop"), any, 1, NOW);
    String text = ReplayText.write(job).replaceAll("&status=[^&]*", "");
    assertThat(ReplayText.read(ID, text)).isEqualTo(job);
  }

  @Test
  void onlyFinalAndPendingDeliveriesCanBeReplayed() {
    for (Set<DeliveryState> states :
        List.of(Set.<DeliveryState>of(), Set.of(DeliveryState.HELD, DeliveryState.EXHAUSTED))) {
      assertThatThrownBy(() -> ReplayWindow.since(NOW).until(NOW).statuses(states))
          .hasMessageContaining("statuses: must name pending, delivered, exhausted");
    }
  }

  @Test
  void refusesAnInvalidReplay() {
    assertThatThrownBy(() -> ReplayText.read(ID, "rate=1")).hasMessageContaining("without since");
  }
}
