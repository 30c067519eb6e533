package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.Poll;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import java.time.Duration;
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

  @RegisterExtension private final Place place = new Place();
  private final Person admin = place.admin();

  @Test
  void eventsThatNobodyWantedAreThereToo() {
    place.publish("license_created", "{\"Name\":\"<b>\"}");
    String list = admin.get(LIST).body();
    assertThat(list).contains("license_created", "nobody wanted it");
    assertThat(admin.get(LIST + "?type=customer_created").body()).contains("No event fits");
    assertThat(admin.get(LIST + "?since=x").body()).contains("since: must be a time");
    String page = admin.get(LIST + "/" + find(EVENT, list)).body();
    assertThat(page).contains("Nobody wanted it", "&lt;b&gt;").doesNotContain("\"<b>\"");
  }

  @Test
  void oneIsSentAgainToTheChosenOnes() {
    place.endpoint(CRM, "*");
    place.transport.answering(CRM, 200);
    place.publish("license_created", "{}");
    Poll.until(Duration.ofSeconds(10), () -> admin.get(LIST).body().contains("delivered"));
    String path = LIST + "/" + find(EVENT, admin.get(LIST).body());
    assertThat(admin.post(path + "/replay", "").body()).contains("Choose at least one");
    String endpoint = find(ENDPOINT, admin.get(path).body());
    assertThat(admin.post(path + "/replay", "endpoint=" + endpoint).body())
        .contains("The event is sent again to 1 endpoint.");
    Poll.until(Duration.ofSeconds(10), () -> place.transport.requestsTo(CRM).size() == 2);
  }

  @Test
  void oneThatNobodyWantedIsSentToWhomeverOneChooses() {
    place.publish("license_created", "{}");
    String path = LIST + "/" + find(EVENT, admin.get(LIST).body());
    assertThat(admin.get(path).body())
        .contains("This site has no endpoint")
        .doesNotContain("Send to the chosen ones");
    place.clock.advance(Duration.ofMinutes(5));
    place.transport.answering(CRM, 200);
    String crm = place.endpoint(CRM, "*").id().toString();
    String erp = place.endpoint(ERP, "customer_created").id().toString();
    place.pause(EndpointId.parse(erp));

    assertThat(admin.get(path).body())
        .contains("Nobody wanted it", "not sent", "it was registered later")
        .contains("it does not name license_created", "The endpoint is paused: it goes out");
    assertThat(admin.post(path + "/replay", "endpoint=" + crm + "&endpoint=" + erp).body())
        .contains("The event is sent for the first time to 2 endpoints.");
    Poll.until(Duration.ofSeconds(10), () -> admin.get(path).body().contains("delivered"));
    assertThat(admin.get(path).body()).contains("held").doesNotContain("Nobody wanted it");
    assertThat(place.transport.requestsTo(CRM)).hasSize(1);

    assertThat(admin.post(path + "/replay", "endpoint=ep_x").body())
        .contains("must be ep_ followed by 26 characters");
    place.webhooks().endpoints().remove(SiteId.DEFAULT, EndpointId.parse(crm));
    assertThat(admin.get(path).body()).doesNotContain("value=\"" + crm);
    assertThat(admin.post(path + "/replay", "endpoint=" + crm).body())
        .contains(crm + " is no endpoint of this site, or no longer");
  }

  @Test
  void aTestIsNotSentToOthers() {
    place.transport.answering(CRM, 200);
    var crm = place.endpoint(CRM, "*");
    place.endpoint(ERP, "*");
    place.webhooks().endpoints().test(SiteId.DEFAULT, crm.id()).join();
    String path = LIST + "/" + find(EVENT, admin.get(LIST).body());

    assertThat(admin.get(path).body()).contains(CRM).doesNotContain(ERP, "name=\"endpoint\"");
    assertThat(admin.post(path + "/replay", "endpoint=" + crm.id()).body())
        .contains("a test belongs to the endpoint that it was sent to");
  }

  @Test
  void whatWasSentIsShownToTheByteAndAsACommand() {
    place.endpoint(CRM, "*");
    place.transport.answering(CRM, 200);
    place.publish("license_created", "{\"Name\":\"O'Hara\"}");
    Poll.until(Duration.ofSeconds(10), () -> admin.get(LIST).body().contains("delivered"));
    String delivery = find(DELIVERY, admin.get("/sites/default/deliveries").body());
    String page = admin.get("/sites/default/deliveries/" + delivery).body();
    place
        .transport
        .requestsTo(CRM)
        .get(0)
        .headers()
        .forEach(header -> assertThat(page).contains(header.name() + ": " + header.value()));
    assertThat(page)
        .contains("POST /hook HTTP/1.1", "Host: crm.example", "O'\\''Hara")
        .contains("HMAC-SHA256 over");
  }

  private static String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
