package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventPagesTest {
  private static final String LIST = "/sites/default/events";
  private static final String CRM = "https://crm.example/hook";
  private static final Pattern EVENT = Pattern.compile("/events/(evt_[0-9a-z]+)");
  private static final String ERP = "https://erp.example/hook";
  private static final Pattern ENDPOINT = Pattern.compile("value=\"(ep_[0-9a-z]+)\"");
  private static final Pattern DELIVERY = Pattern.compile("value=\"(dlv_[0-9a-z]+)\"");

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  /** The clock's beginning, when the event was sent for the first time. */
  private static final long START = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();

  @Test
  void eventsThatNobodyWantedAreThereToo() {
    place.publish("license_created", "{\"Name\":\"<b>\"}");
    String list = admin.get(LIST).body();
    assertThat(list).contains("license_created", "no endpoint subscribed");
    assertThat(admin.get(LIST + "?type=customer_created").body()).contains("No events match");
    assertThat(admin.get(LIST + "?since=x").body()).contains("Since: enter a time");
    String page = admin.get(LIST + "/" + find(EVENT, list)).body();
    assertThat(page).contains("No deliveries: no endpoint", "&lt;b&gt;").doesNotContain("\"<b>\"");
  }

  @Test
  void oneIsSentWithLabelsAtALaterTimeAndFoundByThem() {
    place.endpoint(CRM, "*");
    place.publish("license_created", "{}");

    String page =
        admin
            .post(
                "/sites/default/send",
                "type=license_created&data=%7B%7D&labels=region%3Deu%0D%0Atier%3Dgold"
                    + "&deliverAt=2026-01-02T10:00")
            .body();

    assertThat(page)
        .contains("with one delivery", "region=eu\ntier=gold", "2026-01-02T10:00:00Z")
        .contains("first attempt");
    assertThat(admin.get(LIST + "?label=region%3Deu+tier%3Dgold").body())
        .contains("region=eu tier=gold");
    assertThat(admin.get(LIST + "?label=region%3Dus").body()).contains("No events match");
    assertThat(admin.get(LIST + "?label=region").body()).contains("must be lines such as");
    assertThat(
            admin
                .post("/sites/default/send", "type=license_created&data=%7B%7D&labels=Region%3Deu")
                .body())
        .contains("Labels must have names of");
    assertThat(
            admin
                .post(
                    "/sites/default/send",
                    "type=license_created&data=%7B%7D&deliverAt=2027-01-01T00:00")
                .body())
        .contains("must be at most 30 days from now");
  }

  @Test
  void oneIsSentAgainToTheChosenOnes() {
    place.endpoint(CRM, "*");
    place.transport.responding(CRM, 200);
    place.publish("license_created", "{}");
    Poll.until(() -> place.deliveries().get(0).state() == DeliveryState.DELIVERED);
    String path = LIST + "/" + find(EVENT, admin.get(LIST).body());
    assertThat(admin.post(path + "/replay", "").body()).contains("Select at least one");
    String endpoint = find(ENDPOINT, admin.get(path).body());
    assertThat(admin.post(path + "/replay", "endpoint=" + endpoint).body())
        .contains("Resend a delivered event?", CRM, "already has it and will get it again");
    assertThat(place.transport.requestsTo(CRM)).hasSize(1);
    place.clock.advance(Duration.ofMinutes(1));
    Person.Shown sent = admin.post(path + "/replay", "confirmed=yes&endpoint=" + endpoint);
    assertThat(sent.body()).contains("1 endpoint").doesNotContain("In progress");
    Poll.until(() -> place.transport.requestsTo(CRM).size() == 2);
    String follow = path + "?sent=" + START + "-1";
    Poll.until(() -> admin.get(follow).body().contains("Delivered to 1 endpoint"));
    assertThat(admin.get(path + "?sent=" + START + "-2").body())
        .contains("Sending to 2 endpoints…", "1 delivered, 0 failed, 1 to come.");

    place.transport.responding(CRM, 500);
    place.clock.advance(Duration.ofMinutes(1));
    admin.post(path + "/replay", "confirmed=yes&endpoint=" + endpoint);
    Poll.until(() -> admin.get(follow).body().contains("The attempt failed at 1 endpoint"));
  }

  @Test
  void allThatGetItAgainAreListedAndCounted() {
    place.endpoint(CRM, "*");
    place.transport.responding(CRM, 200);
    place.publish("license_created", "{}");
    Poll.until(() -> place.deliveries().get(0).state() == DeliveryState.DELIVERED);
    String erp = place.endpoint(ERP, "customer_created").id().toString();
    String path = LIST + "/" + find(EVENT, admin.get(LIST).body());
    String crm = place.deliveries().get(0).endpoint().toString();

    assertThat(admin.post(path + "/replay", "endpoint=" + erp + "&endpoint=" + crm).body())
        .contains("1 was already delivered and will arrive again", ">Send to 2 endpoints</button>")
        .containsSubsequence("delivered</span>", CRM, "not sent</span>", ERP);
  }

  @Test
  void failuresAreShownWithTheirCause() {
    place.endpoint(CRM, "*");
    place.transport.responding(CRM, 401);
    place.publish("license_created", "{}");
    String path = LIST + "/" + find(EVENT, admin.get(LIST).body());
    Poll.until(() -> admin.get(path).body().contains("HTTP 401, retry <time"));
    assertThat(admin.get("/sites/default/deliveries").body()).contains("HTTP 401, retry <time");

    var unused =
        place
            .webhooks()
            .settings()
            .changeByName(SiteId.DEFAULT, java.util.Map.of("webHookMaxRetries", 0));
    place.clock.advance(Duration.ofMinutes(5));
    Poll.until(() -> admin.get(path).body().contains("HTTP 401, no retries left,"));
  }

  @Test
  void unroutedEventCanBeSentToChosenEndpoints() {
    place.publish("license_created", "{}");
    String path = LIST + "/" + find(EVENT, admin.get(LIST).body());
    assertThat(admin.get(path).body())
        .contains("This site has no endpoints")
        .doesNotContain("Send to selected");
    place.clock.advance(Duration.ofMinutes(5));
    place.transport.responding(CRM, 200);
    String crm = place.endpoint(CRM, "*").id().toString();
    String erp = place.endpoint(ERP, "customer_created").id().toString();
    place.pause(EndpointId.parse(erp));

    assertThat(admin.get(path).body())
        .contains("No deliveries: no endpoint", "created after this event")
        .contains("not subscribed to license_created", "2 endpoints did not get it</summary>")
        .contains("id=\"unsent\" open")
        .containsSubsequence("id=\"payload\"", "id=\"its\"")
        .doesNotContain("On hold: endpoint paused");
    admin.post(path + "/replay", "endpoint=" + crm + "&endpoint=" + erp);
    Poll.until(() -> admin.get(path).body().contains("delivered"));
    assertThat(admin.get(path + "?sent=0-2").body())
        .contains("Not sent to 1 endpoint yet", "1 delivered, 0 failed. It is on hold;");
    assertThat(admin.get(path).body())
        .contains("on hold</span>", "endpoint paused", "goes out once its endpoint is resumed.")
        .doesNotContain("No deliveries: no endpoint");
    assertThat(place.transport.requestsTo(CRM)).hasSize(1);

    assertThat(admin.post(path + "/replay", "endpoint=ep_x").body())
        .contains("must be ep_ followed by 26 characters");
    place.webhooks().endpoints().remove(SiteId.DEFAULT, EndpointId.parse(crm));
    assertThat(admin.get(path).body()).doesNotContain("value=\"" + crm);
    assertThat(admin.post(path + "/replay", "endpoint=" + crm).body())
        .contains(crm + " is not an endpoint of this site");
  }

  @Test
  void theListCountsTheDeliveriesInEachStateTheWorstFirst() {
    place.transport.responding("https://crm.example/in", 200);
    place.endpoint("https://crm.example/in", "*");
    place.transport.responding("https://erp.example/in", 500);
    place.endpoint("https://erp.example/in", "*");
    place.publish("license_created", "{}");
    Poll.until(() -> admin.get(LIST).body().contains("title=\"1 pending, 1 delivered\""));
    assertThat(admin.get(LIST).body())
        .contains(
            "<span>1 <span class=\"of-all\">of 2 </span>waiting</span>",
            "<span class=\"good-text\">1 delivered</span>");
  }

  @Test
  void manyEndpointsAreCountedAndTurnedOverPageByPage() {
    for (int i = 0; i < 60; i++) {
      place.transport.responding("https://shop-" + i + ".example/in", 200);
      place.endpoint("https://shop-" + i + ".example/in", "*");
    }
    place.publish("license_created", "{}");
    Poll.until(
        () -> admin.get(LIST).body().contains("delivered</span> <span class=\"soft small\">× 60"));
    String path = LIST + "/" + find(EVENT, admin.get(LIST).body());
    String first = admin.get(path).body();
    assertThat(first)
        .contains(">60 <span class=\"status", "60 endpoints", "?page=1\">Next")
        .doesNotContain("Previous");
    assertThat(first.split("<tr id=", -1)).hasSize(51);
    assertThat(admin.get(path + "?page=1").body().split("<tr id=", -1)).hasSize(11);
    assertThat(admin.get(path + "?url=shop-59").body().split("<tr id=", -1)).hasSize(2);
  }

  @Test
  void aTestIsNotSentToOthers() {
    place.transport.responding(CRM, 200);
    var crm = place.endpoint(CRM, "*");
    place.endpoint(ERP, "*");
    place.webhooks().endpoints().test(SiteId.DEFAULT, crm.id()).join();
    String path = LIST + "/" + find(EVENT, admin.get(LIST).body());

    assertThat(admin.get(path).body()).contains(CRM).doesNotContain(ERP, "name=\"endpoint\"");
    assertThat(admin.post(path + "/replay", "endpoint=" + crm.id()).body())
        .contains("a test event belongs to one endpoint");
  }

  @Test
  void whatWasSentIsShownToTheByteAndAsACommand() {
    place.endpoint(CRM, "*");
    place.transport.responding(CRM, 200);
    place.publish("license_created", "{\"Name\":\"O'Hara\"}");
    Poll.until(() -> place.deliveries().get(0).state() == DeliveryState.DELIVERED);
    String delivery = find(DELIVERY, admin.get("/sites/default/deliveries").body());
    String page = admin.get("/sites/default/deliveries/" + delivery).body();
    place
        .transport
        .requestsTo(CRM)
        .get(0)
        .headers()
        .forEach(header -> assertThat(page).contains(header.name() + ": " + header.value()));
    assertThat(page)
        .contains("POST /hook HTTP/1.1", "Host</th><td>crm.example</td>", "O'\\''Hara")
        .contains("HMAC-SHA256 over");
  }

  private static String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
