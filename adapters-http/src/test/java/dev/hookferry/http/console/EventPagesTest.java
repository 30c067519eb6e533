package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.Poll;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventPagesTest {
  private static final String LIST = "/sites/default/events";
  private static final String CRM = "https://crm.example/hook";
  private static final Pattern EVENT = Pattern.compile("/events/(evt_[0-9a-z]+)");
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
    String delivery = find(DELIVERY, admin.get(path).body());
    assertThat(admin.post(path + "/replay", "id=" + delivery).body())
        .contains("1 delivery is sent again.");
    Poll.until(Duration.ofSeconds(10), () -> place.transport.requestsTo(CRM).size() == 2);
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
