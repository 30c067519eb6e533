package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The columns and filters that all lists share. */
class ListPagesTest {
  private static final String SITE = "/sites/default";
  private static final String CRM = "https://crm.example/hook";

  @RegisterExtension private final Place place = new Place();
  private final Person admin = place.admin();

  @BeforeEach
  void publish() {
    place.transport.responding(CRM, 503);
    place.endpoint(CRM, "*");
    place.publish("license_created", "{\"ActivationKey\":\"=KEY-1\",\"Rate\":1.10}");
    Poll.until(() -> place.deliveries().get(0).attempts() == 1);
  }

  @Test
  void chosenColumnsAreShownAndKept() {
    String event = place.deliveries().get(0).event().value();
    String plain = admin.get(SITE + "/deliveries").body();
    assertThat(plain).doesNotContain("=KEY-1", ">503</td>", event);
    assertThat(admin.get(SITE + "/deliveries?col=event&col=code&field=ActivationKey").body())
        .contains("=KEY-1</td>", ">503</td>", event);
    assertThat(admin.get(SITE + "/deliveries").body())
        .as("the cookie keeps the choice")
        .contains("=KEY-1</td>", ">503</td>", event);
    assertThat(admin.get(SITE + "/events").body()).contains("=KEY-1</td>");
    assertThat(admin.get(SITE + "/deliveries?field=Rate").body()).contains(">1.10</td>");
    assertThat(admin.get(SITE + "/deliveries?field=Missing").body()).contains("Missing</th>");
    assertThat(admin.get(SITE + "/deliveries?col=").body()).doesNotContain("=KEY-1", ">503</td>");
    assertThat(admin.get(SITE + "/deliveries").body()).doesNotContain("=KEY-1", ">503</td>");
  }

  @Test
  void eventsAreFilteredByTypesAndId() {
    place.publish("customer_created", "{}");
    String event = place.deliveries().get(0).event().value();
    String list = SITE + "/events";
    assertThat(admin.get(list).body()).contains("2 events</strong>");
    assertThat(admin.get(list + "?type=license_created&type=customer_created").body())
        .contains("2 events</strong>");
    assertThat(admin.get(list + "?type=license_created").body()).contains("1 event</strong>");
    assertThat(admin.get(list + "?event=" + event).body()).contains("1 event</strong>");
    assertThat(admin.get(list + "?event=none").body()).contains("No events match these filters");
    assertThat(admin.get(list + "?type=license_created&range=24h").body())
        .contains("Last 24 h", "href=\"" + list + "?range=24h\"");
  }

  @Test
  void listsCanBeFilteredByOperationalEvents() {
    for (String list : new String[] {"/deliveries", "/events", "/retry-queue", "/find?q=KEY"}) {
      assertThat(admin.get(SITE + list).body())
          .as(list)
          .contains("name=\"type\" value=\"endpoint_failing\"");
    }
    assertThat(admin.get(SITE + "/replays").body()).contains("backlog_late");
    assertThat(admin.get(SITE + "/events?type=endpoint_failing").body())
        .contains("No events match these filters", "value=\"endpoint_failing\" checked");
  }

  @Test
  void theRetryQueueHasTheSameFilters() {
    String list = SITE + "/retry-queue";
    assertThat(admin.get(list + "?code=503&type=license_created").body())
        .contains("1 delivery</strong>", "HTTP 503");
    assertThat(admin.get(list + "?type=customer_created").body())
        .contains("No waiting deliveries match");
    assertThat(admin.get(list + "?state=held&type=customer_created").body())
        .contains("href=\"" + list + "?state=held\">Clear filters");
    assertThat(admin.get(list + "?code=abc").body()).contains("HTTP: must be an HTTP status");
  }

  @Test
  void anExportOfAnInvalidFilterIsTheListThatSaysSo() {
    assertThat(admin.get(SITE + "/deliveries/export?as=csv&status=lost").header("Location"))
        .isEqualTo(SITE + "/deliveries?status=lost");
    assertThat(admin.get(SITE + "/events/export?as=csv&range=1y").header("Location"))
        .isEqualTo(SITE + "/events?range=1y");
  }
}
