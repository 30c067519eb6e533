package dev.hookferry.http.console.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.console.Person;
import dev.hookferry.http.console.Place;
import dev.hookferry.id.SiteId;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayState;
import dev.hookferry.replay.ReplayWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tells what came of a replay that is larger than a page of a list. */
class ReplayOutcomesTest {
  private static final String CRM = "https://crm.example/hook";

  @RegisterExtension private final Place place = new Place();
  private final Person admin = place.admin();

  @Test
  void theOutcomesOfMoreThanAPageAreCounted() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    String id = place.endpoint(CRM, "*").id().toString();
    publish(260);
    publish(260);
    ReplayWindow window = ReplayWindow.since(Instant.EPOCH).statuses(ReplayWindow.ENDED);
    Poll.until(
        () -> {
          place.clock.advance(Duration.ofSeconds(1));
          return place.webhooks().replays().preview(SiteId.DEFAULT, window).count() == 520;
        });

    place.transport.responding(CRM, 500);
    place.clock.advance(Duration.ofSeconds(1));
    ReplayJob job = place.webhooks().replays().start(SiteId.DEFAULT, window, 1_000);
    String page = "/sites/default/replays/" + job.id();
    Poll.until(
        () -> {
          place.clock.advance(Duration.ofSeconds(1));
          return place.webhooks().replays().get(SiteId.DEFAULT, job.id()).state()
                  == ReplayState.DONE
              && admin.get(page).body().contains("0 delivered, 520 failed<");
        });
    assertThat(admin.get(page + "?started=yes").body())
        .contains("<strong>All 520 failed</strong>", "By endpoint")
        .containsPattern("endpoint=" + id + "&amp;status=exhausted\">520<")
        .doesNotContain("Not counted", "Not known");
  }

  private void publish(int count) {
    List<NewEvent> events =
        IntStream.range(0, count).mapToObj(i -> NewEvent.of("license_created", "{}")).toList();
    var unused = place.webhooks().publishAll(SiteId.DEFAULT, events).join();
  }
}
