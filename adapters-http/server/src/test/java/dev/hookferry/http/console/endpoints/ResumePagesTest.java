package dev.hookferry.http.console.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.activity.EndpointActivity;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of an endpoint after a resume that releases its deliveries gently. */
class ResumePagesTest {
  private static final String CRM = "https://crm.example/hook";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();
  private final Endpoint endpoint = place.endpoint(CRM, "*");
  private final String page = "/sites/default/endpoints/" + endpoint.id();

  @Test
  void theNoteCountsThoseThatWereHeld() {
    hold(25);
    String after = resumedAt(1);
    awaitSent(1);
    awaitNote(after, "<strong>Resumed</strong><p>1 of 25 sent; the rest takes about 24 s.");
    assertThat(admin.get(after).body()).doesNotContain("<strong>Delivered</strong>");

    place.transport.responding(CRM, 500);
    release(2);
    awaitNote(after, "2 of 25 sent; the rest takes about 23 s. The last attempt failed: ");
  }

  @Test
  void theNoteEndsOnceAllWereSent() {
    hold(2);
    String after = resumedAt(1);
    awaitSent(1);
    release(2);
    awaitNote(after, "<strong>Resumed</strong><p>All 2 sent.");
  }

  @Test
  void waitingForTheReleaseRateIsTimeOnHold() {
    hold(2);
    var unused = resumedAt(1);
    awaitSent(1);
    place.clock.advance(Duration.ofSeconds(20));
    awaitSent(2);

    Poll.until(() -> figures().theirs().isAny() && attempts() == 2);
    assertThat(figures().held().time()).isGreaterThan(Duration.ofSeconds(15));
    assertThat(figures().ours().slow()).endsWith(" ms");
    assertThat(admin.get("/sites/default/endpoints").body())
        .as("names what kept them waiting")
        .containsPattern(">on hold \\d+ s</abbr>")
        .contains(">0 of 2<")
        .doesNotContain(">sent after ");
  }

  @Test
  void theMainActionIsTheOneThatTheStateAsksFor() {
    String menu =
        "</form>\\s*<a class=\"button\" href=\"[^\"]*/edit\">Edit</a>\\s*"
            + "<form [^>]*/pause\">.*<button>Pause</button></form>\\s*<details [^>]*>";
    assertThat(admin.get(page).body())
        .containsPattern("<button class=\"first\">Send test</button>" + menu)
        .containsPattern(
            "Pause</button>[\\s\\S]*Rotate secret…[\\s\\S]*<hr>\\s*<details[^>]*remove");
    place.pause(endpoint.id());
    assertThat(admin.get(page).body())
        .containsPattern(
            "Paused since 2[^<]* UTC \\(<time[\\s\\S]*<button class=\"first\">Resume</button>")
        .contains("No delivery is waiting. New ones are kept on hold")
        .containsPattern(
            "<button>Send test</button></form>\\s*<a class=\"button\" href=\"[^\"]*/edit\">")
        .doesNotContain("Pause</button>");
  }

  @Test
  void healthComesBeforeTheDeliveriesThenDetailsAndCharts() {
    assertThat(admin.get(page).body())
        .containsSubsequence(
            "id=\"health-title\"", "id=\"newest\"", "id=\"facts\"", "class=\"head range\"");
  }

  @Test
  void theButtonSaysHowManyDeliveriesWait() {
    hold(3);
    String list = "/sites/default/endpoints";
    assertThat(admin.get(page).body())
        .contains("<button class=\"first\">Resume and send 3</button>");
    assertThat(admin.get(list).body())
        .contains("<button class=\"plain\">Resume and send 3</button>");

    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHooksEnabled", false));
    assertThat(admin.get(list).body())
        .as("a site that is off sends nothing")
        .contains("<button class=\"plain\">Resume</button>");
  }

  private EndpointActivity.Now figures() {
    return place.activity.of(endpoint.id(), place.clock.instant());
  }

  private int attempts() {
    return place.activity.history(endpoint.id(), ChartSpan.HOUR, place.clock.instant()).attempts();
  }

  private void awaitNote(String path, String text) {
    Poll.until(() -> admin.get(path).body().contains(text));
  }

  private void hold(int count) {
    place.pause(endpoint.id());
    for (int i = 0; i < count; i++) {
      place.publish("license_created", "{}");
    }
    place.clock.advance(Duration.ofSeconds(1));
  }

  /** Resumes it, and returns the page that follows. */
  private String resumedAt(int perSecond) {
    return admin.postTo(page + "/resume", "perSecond=" + perSecond);
  }

  private void release(int sent) {
    place.clock.advance(Duration.ofMillis(1_100));
    awaitSent(sent);
  }

  private void awaitSent(int count) {
    Poll.until(() -> place.transport.requestsTo(CRM).size() >= count);
  }
}
