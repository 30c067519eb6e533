package dev.hookferry.http.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.access.Scope;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.SamplePayloads;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.EventQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SendPageTest {
  private static final String PAGE = "/sites/default/send";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void everyTypeHasAJsonSample() throws Exception {
    for (var type : EventCatalog.QLM_EVENTS) {
      String sample = SamplePayloads.of(type.name());
      assertThat(new ObjectMapper().readTree(sample).has("FullName")).as(type.name()).isTrue();
      assertThat(admin.get(PAGE + "?type=" + type).body())
          .contains("<option value=\"" + type + "\" selected");
    }
    assertThat(admin.get(PAGE + "?type=customer_created").body()).contains("Maja Lindqvist");
  }

  @Test
  void beginsWithThePayloadOfTheNewestEventOfTheType() {
    assertThat(admin.get(PAGE + "?type=license_created").body())
        .contains(">Sample payload.<", "<h1>Publish</h1>")
        .doesNotContain(">Send<");
    place.publish("license_created", "{\"ActivationKey\":\"OLD\"}");
    place.publish("license_created", "{\"ActivationKey\":\"ACTIVATION-1\",\"Rate\":1.10}");
    EventQuery all = EventQuery.ofSite(SiteId.DEFAULT);
    Event newest = place.webhooks().events().list(all).data().get(0);
    place.publish("license_deleted", "{\"ActivationKey\":\"GONE\"}");

    assertThat(admin.get(PAGE + "?type=license_created").body())
        .contains(
            ">\n{\n  \"ActivationKey\": \"ACTIVATION-1\",\n  \"Rate\": 1.10\n}</textarea>",
            "Payload of the <a href=\"/sites/default/events/"
                + newest.id()
                + "\">newest license_created event</a>, <time ")
        .doesNotContain("EventTime", "OLD", "GONE");
    assertThat(admin.get(PAGE + "?type=customer_created").body())
        .contains(">Sample payload.<", "Maja Lindqvist");
    assertThat(place.person(null, Scope.PUBLISH).get(PAGE + "?type=license_created").body())
        .as("for a key that may publish only")
        .contains(">Sample payload.<")
        .doesNotContain("ACTIVATION-1");
    assertThat(send("license_created", "{\"a\":}", "").body())
        .as("what was typed")
        .contains("id=\"data-origin\"></span>")
        .doesNotContain("ACTIVATION-1");
    place.clock.advance(Duration.ofDays(8));
    assertThat(place.admin().get(PAGE + "?type=license_created").body())
        .as("an old event, which takes long to find")
        .contains(">Sample payload.<");
  }

  @Test
  void saysWhoGetsTheEventBeforeItIsPublished() {
    assertThat(admin.get(PAGE).body()).contains(">No endpoint is subscribed to license_created.<");
    place.endpoint("https://crm.example/hook", "license_*");
    Endpoint paused = place.endpoint("https://erp.example/hook", "license_created");
    place.pause(paused.id());
    assertThat(admin.get(PAGE + "?type=license_created").body())
        .contains(
            ">license_created goes to 2 endpoints: erp.example/hook (paused), crm.example/hook.<");
    assertThat(admin.get(PAGE + "?type=license_deleted").body())
        .contains(">license_deleted goes to 1 endpoint: crm.example/hook.<");
    assertThat(admin.get(PAGE + "?type=customer_created").body())
        .contains(">No endpoint is subscribed to customer_created.<");
    for (int i = 0; i < 5; i++) {
      place.endpoint("https://crm.example/hook" + i, "license_deleted");
    }
    assertThat(admin.get(PAGE + "?type=license_deleted").body())
        .contains(">license_deleted goes to 6 endpoints: ", " and 1 more.<");
    assertThat(place.person(null, Scope.PUBLISH).get(PAGE + "?type=license_deleted").body())
        .as("for a key that may publish only")
        .contains("id=\"recipients\" role=\"status\"></span>")
        .doesNotContain("crm.example");
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHooksEnabled", false));
    assertThat(admin.get(PAGE).body()).contains(">Nothing is sent: webHooksEnabled is off for");
  }

  @Test
  void formsBeginWithTheSitesOwnTypesInTheirOrder() {
    var unused =
        place
            .webhooks()
            .settings()
            .changeByName(
                SiteId.DEFAULT, Map.of("eventTypes", List.of("order.paid", "order.sent")));
    place.publish("order.sent", "{}");
    place.publish("license_released", "{}");

    for (String page : List.of("/send", "/endpoints/new", "/replays")) {
      assertThat(admin.get("/sites/default" + page).body())
          .as(page)
          .containsSubsequence(
              "value=\"order.paid\"",
              "value=\"order.sent\"",
              "value=\"license_activated\"",
              "value=\"license_released\"");
    }
    assertThat(admin.get(PAGE).body()).contains("<option value=\"order.paid\" selected");
  }

  @Test
  void whatIsPublishedLeadsToItsEventAndKeepsItsBytes() {
    place.endpoint("https://crm.example/hook", "*");
    Person.Shown shown = send("license_created", "{\r\n \"Rate\": 1.10}", "so-1");
    assertThat(shown.body()).contains("Published: so-1, with one delivery.", "Endpoints</h2>");
    assertThat(
            place
                .hookferry
                .webhooks()
                .events()
                .get(SiteId.DEFAULT, new EventId("so-1"))
                .event()
                .payload()
                .text())
        .contains("{\n \"Rate\": 1.10}");
    assertThat(send("license_created", "{\r\n \"Rate\": 1.10}", "so-1").body())
        .contains("Already published");
    assertThat(send("license_created", "{}", "so-1").status()).isEqualTo(409);
    assertThat(send("license_deleted", "{}", "").body()).contains("with one delivery");
  }

  @Test
  void invalidJsonIsRefusedAndKept() {
    for (String broken :
        List.of("{\"a\":}", "", "{} {}", "[1,]", "{\"a\":1e999999}", "[".repeat(200))) {
      Person.Shown shown = send("license_created", broken, "");
      assertThat(shown.status()).as(broken).isEqualTo(400);
      assertThat(shown.body()).as(broken).contains(">Data");
    }
    assertThat(send("license_created", "{\"a\":}", "").body())
        .contains("is not valid JSON at line 1, column 6", "\n{\"a\":}</textarea>");
    assertThat(send("license_lost", "{}", "").body()).contains("is not a known event type");
    assertThat(send("license_created", "{}", "a b").body()).contains("Id: enter 1 to 128");
    assertThat(send("license_created", "\"" + "x".repeat(1 << 20) + "\"", "").status())
        .isEqualTo(400);
  }

  @Test
  void publishScopeAllowsOnlyPublishing() {
    Person product = place.person(null, Scope.PUBLISH);
    assertThat(product.get(PAGE).status()).isEqualTo(200);
    assertThat(product.post(PAGE, "type=license_created&data=%7B%7D").body())
        .contains("Published: evt_", "No endpoint is subscribed to it");
    Person reader = place.person(null, Scope.READ);
    assertThat(reader.get(PAGE).status()).isEqualTo(403);
    assertThat(reader.post(PAGE, "type=license_created&data=%7B%7D").status()).isEqualTo(403);
  }

  private Person.Shown send(String type, String data, String id) {
    admin.get(PAGE);
    return admin.post(
        PAGE,
        "type=" + type + "&data=" + FormValues.encoded(data) + "&id=" + FormValues.encoded(id));
  }
}
