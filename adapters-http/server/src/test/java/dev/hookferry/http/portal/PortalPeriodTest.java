package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.Served.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries of a day, or between two times, in the time zone of the viewer. */
class PortalPeriodTest {
  private static final String LIST = "/portal/deliveries?";
  private static final String KOLKATA = "&zone=Asia%2FKolkata";

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Instant published = scene.served.clock.instant();

  @BeforeEach
  void publish() {
    scene.publish(customer -> "{}");
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private String list(String query) {
    return scene.page(scene.cookie(""), LIST + query).body();
  }

  /** The bounds of the minute in which the events were published, on a clock of this zone. */
  private String minute(String zone) {
    LocalDateTime time =
        LocalDateTime.ofInstant(published, ZoneId.of(zone)).truncatedTo(ChronoUnit.MINUTES);
    return "range=custom&since=" + time + "&until=" + time.plusMinutes(1);
  }

  @Test
  void boundsAreReadInTheZoneOfTheViewer() {
    assertThat(list(minute("Asia/Kolkata") + KOLKATA)).contains("1 delivery</strong>");
    assertThat(list(minute("UTC"))).contains("1 delivery</strong>");
    assertThat(list(minute("Asia/Kolkata"))).contains("No deliveries match these filters.");
    assertThat(list(minute("UTC") + KOLKATA)).contains("No deliveries match these filters.");
  }

  @Test
  void aPeriodIsOneFilterThatStaysInTheFormAndInEachLink() {
    scene.sendOnce();
    scene.served.transport.responding(PortalScene.MINE, 500);
    scene.publish("c-1", 1);
    String page = list("type=license_*&" + minute("Asia/Kolkata") + KOLKATA);

    assertThat(page)
        .contains("2 filters", "<option value=\"custom\" selected>From … to …</option>")
        .contains("name=\"zone\" value=\"Asia/Kolkata\"", ">(Asia/Kolkata)</span>")
        .containsPattern("<li class=\"chip\"><span dir=\"auto\">[^<]* to [^<]* IST</span>")
        .contains("href=\"/portal/deliveries?type=license_*\" aria-label=\"Remove the filter ")
        .containsPattern("href=\"/portal/deliveries/retry\\?[^\"]*since=[^\"]*zone=Asia%2FKolkata");
    assertThat(list("type=license_*&zone=Asia%2FKolkata&range=24h&since=2026-01-01T00:00"))
        .contains("<span dir=\"auto\">Last 24 hours</span>", "value=\"24h\" selected")
        .doesNotContain("2026-01-01T00:00", "value=\"Asia/Kolkata\"");
  }

  @Test
  void yesterdayBeginsAndEndsAtMidnightOfTheViewer() {
    // Noon in UTC; later, it is still the same day there, but not in Nairobi any more.
    assertThat(list("range=today")).contains("1 delivery</strong>", ">Today (UTC)</span>");
    assertThat(list("range=yesterday")).contains("No deliveries match these filters.");
    scene.served.clock.advance(Duration.ofHours(11));
    assertThat(list("range=today&zone=UTC")).contains("1 delivery</strong>", ">Today</span>");
    assertThat(list("range=yesterday&zone=Africa%2FNairobi"))
        .contains("1 delivery</strong>", ">Yesterday</span>");
  }

  @Test
  void aPeriodThatEndsBeforeItBeginsIsRefusedWithItsFields() {
    String wrong = LIST + "since=2026-04-29T10:00&until=2026-04-28T10:00";
    Answer refused = scene.page(scene.cookie(""), wrong);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains(
            "<a href=\"#until\">To</a>: <span id=\"until-error\">This time must not be before “From”.</span>")
        .contains("value=\"2026-04-29T10:00\"", "value=\"2026-04-28T10:00\"");
    assertThat(scene.page(scene.cookie(",\"locale\":\"de\""), wrong).body())
        .contains(
            "<a href=\"#until\">Bis</a>: <span id=\"until-error\">Diese Zeit darf nicht vor „Von“ liegen");
    assertThat(scene.page(scene.cookie(",\"locale\":\"fr\""), LIST + "since=soon").body())
        .contains(
            "<a href=\"#since\">Du</a> : <span id=\"since-error\">Saisissez une date et une heure");
  }
}
