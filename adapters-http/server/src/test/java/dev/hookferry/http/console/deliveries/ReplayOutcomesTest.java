package dev.hookferry.http.console.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.id.ReplayId;
import dev.hookferry.id.SiteId;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayState;
import dev.hookferry.replay.ReplayWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tells what came of a replay that is larger than a page of a list. */
class ReplayOutcomesTest {
  private static final String CRM = "https://crm.example/hook";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void theOutcomesOfMoreThanAPageAreCounted() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    String id = place.endpoint(CRM, "*").id().toString();
    publish(260);
    publish(260);
    ReplayWindow window = ReplayWindow.since(Instant.EPOCH).statuses(ReplayWindow.ENDED);
    awaitMatches(window, 520);

    openPageOfARunningReplayReadsFew(window);
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
        .contains("id=\"replay\" data-live=\"yes\"")
        .doesNotContain("Not counted", "Not known");
    assertThat(admin.get(page + "?count=yes").body())
        .as("many are read only when somebody asks")
        .contains("520 failed")
        .doesNotContain("data-live=");
  }

  private void openPageOfARunningReplayReadsFew(ReplayWindow window) {
    // The clock stands still, so that one goes out and the others wait.
    ReplayJob job = place.webhooks().replays().start(SiteId.DEFAULT, window, 1);
    Poll.until(
        () -> place.webhooks().replays().get(SiteId.DEFAULT, job.id()).progress().sent() == 1);
    assertThat(admin.get("/sites/default/replays/" + job.id() + "?count=yes").body())
        .contains("id=\"replay\" data-live=\"yes\"", "1 of 520 scheduled")
        .doesNotContain("0 failed", "not attempted yet");
    var unused = place.webhooks().replays().cancel(SiteId.DEFAULT, job.id());
  }

  @Test
  void earlierPendingDeliveriesDoNotHideItsOutcomes() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    place.endpoint(CRM, "*");
    place.pause(place.endpoint("https://paused.example.com/hook", "*").id());
    place.transport.responding(CRM, 500);
    publish(1);
    ReplayWindow window = ReplayWindow.since(Instant.EPOCH).statuses(ReplayWindow.FAILED);
    awaitMatches(window, 1);

    ReplayJob job = place.webhooks().replays().start(SiteId.DEFAULT, window, 10);
    Poll.until(
        () -> {
          place.clock.advance(Duration.ofSeconds(1));
          return admin
              .get("/sites/default/replays/" + job.id() + "?started=retry")
              .body()
              .contains("<strong>The delivery failed again</strong>");
        });
  }

  @Test
  void readsMoreOutcomesAfterTheEndAndOnRequest() {
    assertThat(ReplayPage.most(false, true)).isEqualTo(500);
    assertThat(ReplayPage.most(true, false)).isEqualTo(2_000);
    assertThat(ReplayPage.most(true, true)).isEqualTo(20_000);
  }

  /** It once read "224 of 223 scheduled", beside the word "scheduled". */
  @Test
  void showsNoShareIfMoreWereSentThanCounted() {
    Instant now = place.clock.instant();
    ReplayWindow window = ReplayWindow.since(Instant.EPOCH).until(now);
    ReplayJob counted =
        ReplayJob.begin(new ReplayId(new UUID(1, 2)), SiteId.DEFAULT, window, 10, now)
            .expecting(223);
    EndpointList targets = new EndpointList(place.webhooks(), SiteId.DEFAULT);
    ReplayRow row = ReplayRow.of(counted.advanced(224, 0, null, now), targets, now);
    assertThat(row.progress()).isEqualTo("224 scheduled");
    assertThat(row.pill().word()).isEqualTo("finished");
    assertThat(ReplayRow.of(counted.advanced(223, 0, null, now), targets, now).progress())
        .isEqualTo("223 of 223 scheduled");
  }

  @Test
  void namesAFieldNoLongerSearchable() {
    searchBy("Key");
    place.endpoint(CRM, "*");
    place.publish("license_created", "{\"Key\":\"AB-7\"}");
    ReplayWindow window =
        ReplayWindow.since(Instant.EPOCH)
            .statuses(ReplayWindow.ENDED)
            .fields(Map.of("Key", "AB-7"));
    awaitMatches(window, 1);
    ReplayJob job = place.webhooks().replays().start(SiteId.DEFAULT, window, 10);
    Poll.until(
        () -> place.webhooks().replays().get(SiteId.DEFAULT, job.id()).state() == ReplayState.DONE);

    searchBy();
    assertThat(admin.get("/sites/default/replays/" + job.id()).body())
        .contains("a value of a field that is no longer a search field.")
        .doesNotContain("Not counted", "Count them");
  }

  @Test
  void deliveriesOfARemovedEndpointAreNotCounted() {
    place.endpoint(CRM, "*");
    var other = place.endpoint("https://other.example/hook", "*");
    place.publish("license_created", "{}");
    ReplayWindow window = ReplayWindow.since(Instant.EPOCH).statuses(ReplayWindow.ENDED);
    awaitMatches(window, 2);
    place.clock.advance(Duration.ofMinutes(1));
    String count = "/sites/default/replays/count?status=all&range=1h&rate=10";
    assertThat(admin.get(count).body()).isEqualTo("2 deliveries match.");

    place.webhooks().endpoints().remove(SiteId.DEFAULT, other.id());
    assertThat(place.webhooks().replays().preview(SiteId.DEFAULT, window).count()).isEqualTo(1);
    assertThat(admin.get(count).body()).isEqualTo("1 delivery matches.");
  }

  private void awaitMatches(ReplayWindow window, long count) {
    Poll.until(
        () -> {
          place.clock.advance(Duration.ofSeconds(1));
          return place.webhooks().replays().preview(SiteId.DEFAULT, window).count() == count;
        });
  }

  private void searchBy(String... fields) {
    var unused = place.webhooks().settings().update(SiteId.DEFAULT, s -> s.searchFields(fields));
  }

  private void publish(int count) {
    List<NewEvent> events =
        IntStream.range(0, count).mapToObj(i -> NewEvent.of("license_created", "{}")).toList();
    var unused = place.webhooks().publishAll(SiteId.DEFAULT, events).join();
  }
}
