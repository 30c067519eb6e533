package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventTypePagesTest {
  private static final String TYPES = "/sites/default/event-types";
  private static final String PAID = TYPES + "/order.paid";
  private static final String SCHEMA = "{\"required\":[\"Number\"]}";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  private static String form(String example, String schema, String policy, String more) {
    return "description=A+%3Cb%3E%26+paid.&policy="
        + policy
        + "&example="
        + FormValues.encoded(example)
        + "&schema="
        + FormValues.encoded(schema)
        + more;
  }

  private Person.Shown create() {
    String body = "type=order.paid&" + form("{\"Number\":\"4711\"}", SCHEMA, "block", "");
    return admin.post("/sites/default/new-event-type", body);
  }

  private EventTypeDefinition stored() {
    return place.hookferry.webhooks().eventTypes().get(SiteId.DEFAULT, new EventType("order.paid"));
  }

  @Test
  void theCatalogueListsEveryTypeAndItsDocuments() {
    assertThat(admin.get(TYPES).body())
        .contains("license_created", "A license was created.", "no schema", "New event type");
    assertThat(admin.get(TYPES + "/license_created").body())
        .contains("Maja Lindqvist", "/send?type=license_created\">Publish</a>");
    assertThat(admin.get("/sites/default/catalog/openapi.json").body()).contains("3.1.0");
    assertThat(admin.get("/sites/default/catalog/asyncapi.json").body()).contains("3.0.0");
    assertThat(admin.get(TYPES + "/none").status()).isEqualTo(404);
  }

  @Test
  void theCatalogueCountsTheAttemptsOfADay() {
    String crm = "https://crm.example/hook";
    place.transport.responding(crm, n -> ScriptedTransport.status(n == 2 ? 500 : 200));
    var endpoint = place.endpoint(crm, "*");
    for (int i = 0; i < 2; i++) {
      int sent = i + 1;
      place.publish("license_created", "{}");
      Poll.until(
          () ->
              place.activity.history(endpoint.id(), ChartSpan.DAY, place.clock.instant()).attempts()
                  == sent);
    }
    assertThat(admin.get(TYPES).body())
        .contains("/events?type=license_created&amp;range=24h\" title=\"Events\">2</a>")
        .contains("/deliveries?type=license_created&amp;range=24h&amp;status=given-up")
        .contains(">1 (50%)</a>")
        .doesNotContain("Not all attempts are counted by type");
    assertThat(admin.get(TYPES + "/license_created").body())
        .contains("/events?type=license_created\">Events</a>");
  }

  @Test
  void typeShowsItsEndpointsAndRecentDeliveries() {
    String crm = "https://crm.example/hook";
    place.transport.responding(crm, 500);
    var failing = place.endpoint(crm, "license_created");
    place
        .webhooks()
        .endpoints()
        .create(
            SiteId.DEFAULT,
            EndpointSpec.to("https://eu.example/hook").types("*").labels(Map.of("region", "eu")));
    place.endpoint("https://erp.example/hook", "customer_created");
    place.publish("license_created", "{}");
    place.publish("customer_created", "{}");
    Poll.until(() -> place.activity.streak(failing.id()) == 1);

    String page = admin.get(TYPES + "/license_created").body();
    assertThat(page)
        .contains(
            ">1 attempt</a>", ">1 (100%) failed</span>", "2 endpoints", "if labelled region=eu")
        .contains("/deliveries?type=license_created&amp;endpoint=" + failing.id())
        .containsSubsequence("crm.example", "eu.example", "Recent deliveries", "crm.example")
        .doesNotContain("erp.example");
    assertThat(admin.get(TYPES + "/license_released").body())
        .contains("no attempts", "No deliveries yet.", "1 endpoint<");
    assertThat(place.person(SiteId.DEFAULT, Scope.PUBLISH).get(TYPES + "/license_created").body())
        .doesNotContain("crm.example", "Subscribed endpoints", "attempts");
  }

  @Test
  void aTypeShowsTheConditionsOfItsEndpoints() {
    EndpointSpec template = EndpointSpec.to("https://api.example/{tenant}/hook").types("*");
    var endpoints = place.webhooks().endpoints();
    endpoints.create(SiteId.DEFAULT, template);
    endpoints.create(
        SiteId.DEFAULT,
        template.labels(Map.of("region", "eu", "tier", "1")).filter("{\"Seats\":{\"$gte\":10}}"));
    assertThat(admin.get(TYPES + "/license_created").body())
        .contains(">if its URL can be filled in<")
        .contains(
            ">if labelled region=eu, tier=1 and its filter matches and its URL can be filled in<")
        .doesNotContain(">always<");
    place.endpoint("https://crm.example/hook", "license_created");
    assertThat(admin.get(TYPES + "/license_created").body()).contains(">always<");
  }

  @Test
  void theCatalogueIsSortedByNameOrByAColumn() {
    create();
    assertThat(admin.get(TYPES).body())
        .containsSubsequence("<b>customer_created<", "<b>license_released<", "<b>order.paid<")
        .contains("aria-sort=\"ascending\"><a href=\"?sort=-type\">Type</a>");
    assertThat(admin.get(TYPES + "?sort=-type").body())
        .containsSubsequence("<b>order.paid<", "<b>license_released<", "<b>customer_created<");
    assertThat(admin.get(TYPES + "?sort=schema").body())
        .containsSubsequence("<b>order.paid<", "<b>customer_created<");
    assertThat(admin.get(TYPES + "?sort=%3Cb%3E").body())
        .containsSubsequence("<b>customer_created<", "<b>order.paid<");
  }

  @Test
  void theTypesOfAFormKeepTheirOrderWhileEventsComeIn() {
    String form = "/sites/default/endpoints/new";
    place.endpoint("https://crm.example/hook", "*");
    String tick = "name=\"type\" value=\"";
    String[] order = {
      tick + "customer_created", tick + "license_created", tick + "license_released"
    };
    assertThat(admin.get(form).body()).containsSubsequence(order);
    place.publish("license_released", "{}");
    assertThat(admin.get(form).body()).containsSubsequence(order);
  }

  @Test
  void aTypeIsDescribedShownUsedAndRemoved() {
    String saved = create().body();
    assertThat(admin.get("/audit").body())
        .contains(">Description</span> <ins>A &lt;b&gt;&amp; paid.</ins>");
    assertThat(saved)
        .contains("The event type was saved.", "blocks (version 1)", "A &lt;b&gt;&amp; paid.");
    assertThat(admin.get("/sites/default/send?type=order.paid").body())
        .contains("\"Number\": \"4711\"");
    assertThat(admin.post("/sites/default/send", "type=order.paid&data=%7B%7D").body())
        .contains("Data must have the property Number (schema of order.paid, version 1)");
    assertThat(admin.get(PAID + "/edit").body()).contains("Make it version 2");

    assertThat(admin.get(PAID).body())
        .contains(
            "<details class=\"ask\"><summary>Remove…</summary>",
            "<button class=\"danger first\">Remove this event type</button>");
    assertThat(admin.post(PAID + "/remove", "").body())
        .contains("The event type order.paid was removed.");
    assertThat(admin.get(PAID).status()).isEqualTo(404);
  }

  @Test
  void savingAnUnchangedFormChangesNothing() {
    create();
    EventTypeDefinition before = stored();
    String form = admin.get(PAID + "/edit").body();
    assertThat(form).contains("  \"Number\": \"4711\"");
    String example = "{\r\n  \"Number\": \"4711\"\r\n}";
    String schema = "{\r\n  \"required\": [\r\n    \"Number\"\r\n  ]\r\n}";
    place.clock.advance(Duration.ofSeconds(1));
    assertThat(admin.post(PAID + "/edit", form(example, schema, "block", "")).body())
        .contains("The event type was saved.");
    assertThat(stored().example()).isEqualTo(before.example());
    assertThat(stored().versions()).isEqualTo(before.versions());
    assertThat(place.hookferry.webhooks().audit().list(AuditQuery.ALL).data().get(0).action())
        .isEqualTo(AuditAction.EVENT_TYPE_CREATED);
  }

  @Test
  void aBreakingChangeIsRefusedUnlessItIsAVersion() {
    create();
    String stricter = "{\"required\":[\"Number\",\"Total\"]}";
    String example = "{\"Number\":\"1\",\"Total\":2}";

    Person.Shown refused = admin.post(PAID + "/edit", form(example, stricter, "block", ""));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("make it version 2", "Total");
    assertThat(stored().versions()).hasSize(1);

    assertThat(admin.post(PAID + "/edit", form(example, stricter, "warn", "&next=on")).body())
        .contains("warns (version 2)", "Schema, version 1");
  }

  @Test
  void invalidInputIsReportedAndKept() {
    Person.Shown refused =
        admin.post(
            "/sites/default/new-event-type", "type=a..b&" + form("{", "{\"type\":1}", "block", ""));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("Event type: enter 1 to 128 characters", "value=\"a..b\"");
    refused =
        admin.post(
            "/sites/default/new-event-type", "type=a&" + form("", "{\"type\":1}", "block", ""));
    assertThat(refused.body())
        .contains(
            "href=\"#schema\" data-wrong=\"schema/type\">JSON Schema /type: enter valid JSON Schema");
  }

  @Test
  void whoMayOnlyReadChangesNothing() {
    create();
    Person reader = place.person(SiteId.DEFAULT, Scope.READ);
    assertThat(reader.get(PAID).body()).contains("order.paid").doesNotContain("/edit\"");
    assertThat(reader.get(PAID + "/edit").status()).isEqualTo(403);
    assertThat(reader.post(PAID + "/remove", "").status()).isEqualTo(403);
    assertThat(reader.get("/sites/default/new-event-type").status()).isEqualTo(403);
  }
}
