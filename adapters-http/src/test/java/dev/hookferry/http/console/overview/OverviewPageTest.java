package dev.hookferry.http.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.Poll;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.Person;
import dev.hookferry.http.console.Place;
import dev.hookferry.id.SiteId;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OverviewPageTest {
  private static final String CRM = "https://crm.example/hook";
  private static final String MAIL = "https://mail.example/in";
  private static final Duration SOON = Duration.ofSeconds(10);

  @RegisterExtension private final Place place = new Place();
  private final Person admin = place.admin();

  @Test
  void saysTheNextStepWhileThereIsNothing() {
    assertThat(admin.get("/sites/default").body())
        .contains("Nobody gets events yet", "Nothing was sent yet", "Name a URL for an event");
  }

  @Test
  void showsTheWorstFirstAndWhatWentWrong() {
    place.endpoint(MAIL, "license_created");
    place.endpoint(CRM, "license_created");
    place.transport.answering(MAIL, 200);
    place.transport.answering(CRM, 503);
    place.publish("license_created", "{}");
    Poll.until(SOON, () -> page().contains("1 delivered, 1 failed"));
    assertThat(page())
        .containsPattern("failing[\\s\\S]*" + CRM + "[\\s\\S]*answered 503[\\s\\S]*" + MAIL)
        .contains("50.0 %", "since <time", "in 5 min");
  }

  @Test
  void countsFailuresInARowAndForgetsThemAtASuccess() {
    place.endpoint(CRM, "*");
    place.transport.answering(CRM, n -> ScriptedTransport.status(n < 3 ? 500 : 200));
    place.publish("license_created", "{}");
    Poll.until(SOON, () -> page().contains("answered 500"));
    place.publish("license_created", "{}");
    Poll.until(SOON, () -> page().contains("2 times in a row"));
    place.publish("license_created", "{}");
    Poll.until(SOON, () -> page().contains("working"));
    assertThat(page()).doesNotContain("in a row");
  }

  @Test
  void aTestIsNoDelivery() {
    var endpoint = place.endpoint(CRM, "*");
    place.transport.answering(CRM, 200);
    var unused = place.hookferry.webhooks().endpoints().test(SiteId.DEFAULT, endpoint.id()).join();
    assertThat(page()).contains("0 delivered, 0 failed", "quiet");
  }

  @Test
  void saysThatAPausedOneIsPaused() {
    var endpoint = place.endpoint(CRM, "*");
    var unused =
        place
            .hookferry
            .webhooks()
            .endpoints()
            .change(SiteId.DEFAULT, endpoint.id(), EndpointSpec.enabled(false));
    place.publish("license_created", "{}");
    Poll.until(SOON, () -> page().contains(">1<"));
    assertThat(page()).contains("paused");
  }

  @Test
  void tellsThoseWhoLookAtTheSiteAndNobodyElse() {
    AtomicInteger told = new AtomicInteger();
    AtomicInteger toldOther = new AtomicInteger();
    Runnable end = place.activity.feed(SiteId.DEFAULT).open(told::incrementAndGet);
    place.activity.feed(new SiteId("other")).open(toldOther::incrementAndGet);
    place.publish("license_created", "{}");
    Poll.until(SOON, () -> told.get() > 0);
    end.run();
    int before = told.get();
    place.publish("license_created", "{}");
    assertThat(told).hasValue(before);
    assertThat(toldOther).hasValue(0);
  }

  private String page() {
    return admin.get("/sites/default").body();
  }
}
