package dev.hookferry.http.console.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.testing.ScriptedTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The note on a delivery's page between a request to send it again and the outcome. */
class SendingNoteTest {
  private static final String CRM = "https://crm.example/hook";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void aRetryInFlightIsNeitherASuccessNorAFailure() {
    var unused = place.endpoint(CRM, "*");
    place.publish("license_created", "{}");
    Poll.until(() -> newest().state() == DeliveryState.DELIVERED);
    place.transport.hanging(CRM);
    String page = "/sites/default/deliveries/" + newest().id();
    String follow = admin.send("POST", page + "/retry", "csrf=" + admin.csrf).header("Location");
    Poll.until(() -> place.transport.hangingCount() == 1);

    assertThat(admin.get(follow).body())
        .contains("note plain\" id=\"follow-up\"", "Sending…")
        .doesNotContain("note good\" id=\"follow-up\"", "note bad\" id=\"follow-up\"");

    place.transport.release(ScriptedTransport.status(200));
    Poll.until(() -> newest().attempts() == 2);
    assertThat(admin.get(follow).body())
        .contains("note good\" id=\"follow-up\"")
        .doesNotContain("Sending…");
  }

  private Delivery newest() {
    return place.deliveries().get(0);
  }
}
