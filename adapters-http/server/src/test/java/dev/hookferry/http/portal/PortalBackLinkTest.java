package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.Served.Answer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a list with filters to a page, and back to the same list. */
class PortalBackLinkTest {
  private static final String ALL =
      ",\"can\":[\"test\",\"retry\",\"manage\",\"remove\",\"secrets\",\"payload\"]";
  private static final String LIST = "/portal/deliveries?status=delivered&type=license_*";
  private static final String BACK =
      "<a href=\"" + LIST.replace("&", "&amp;") + "\">Deliveries: delivered · license_*</a>";

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final String cookie = scene.cookie(ALL);

  @BeforeEach
  void publish() {
    scene.publish(customer -> "{}");
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private String page(String path) {
    Answer answer = scene.page(cookie, path);
    assertThat(answer.status()).as(path).isEqualTo(200);
    return answer.body();
  }

  /** Returns the path of the first link on a page that begins like this. */
  private static String link(String page, String start) {
    Matcher link = Pattern.compile("(?:href|action)=\"(" + start + "[^\"]*)\"").matcher(page);
    assertThat(link.find()).as(start).isTrue();
    return link.group(1).replace("&amp;", "&");
  }

  @Test
  void aDeliveryItsEndpointAndItsTypeLeadBackToTheFilteredList() {
    String delivery = page(link(page(LIST), "/portal/deliveries/dlv_"));
    assertThat(delivery).contains(BACK);
    String endpoint = page(link(delivery, "/portal/endpoints/"));
    assertThat(endpoint).contains(BACK);
    assertThat(page(link(endpoint, "/portal/deliveries/dlv_"))).contains(BACK);
    assertThat(page(link(delivery, "/portal/event-types/"))).contains(BACK);
    assertThat(page(link(delivery, "/portal/deliveries/[^\"]*verify")))
        .contains(">Delivery</a>")
        .contains(link(delivery, "/portal/deliveries/[^\"]*verify").replaceFirst(".*back=", ""));
  }

  @Test
  void theWayBackOutlastsAnAction() {
    String delivery = page(link(page(LIST), "/portal/deliveries/dlv_"));
    String endpoint = page(link(delivery, "/portal/endpoints/"));
    Answer paused = scene.post(cookie, link(endpoint, "/portal/endpoints/[^\"]*/pause"), "");
    assertThat(page(paused.header("Location"))).contains(BACK, "has been paused since");
    String retry = link(delivery, "/portal/deliveries/[^\"]*/retry");
    Answer asked = scene.post(cookie, retry, "");
    assertThat(asked.body())
        .contains("<h1>Resend license_created to mine.example/hook?</h1>", ">Resend</button>")
        .containsPattern(
            "crumb back\"><a href=\"/portal/deliveries/dlv_[^\"]*back=[^\"]*\">Delivery</a>");
    Answer retried =
        scene.post(cookie, link(asked.body(), "/portal/[^\"]*/retry"), "confirmed=yes");
    assertThat(retried.header("Location")).contains("?after=att_", "&back=");
    assertThat(page(retried.header("Location"))).contains(BACK);
  }

  @Test
  void withoutAListThePageLeadsToTheUsualOne() {
    String delivery = "/portal/deliveries/" + scene.deliveryTo(scene.mine);
    assertThat(page(delivery)).contains("<a href=\"/portal/deliveries\">Deliveries</a>");
    String endpoint = page("/portal/endpoints/" + scene.mine.id());
    assertThat(endpoint).contains("<a href=\"/portal/endpoints\">Endpoints</a>");
    assertThat(page(link(endpoint, "/portal/deliveries/dlv_")))
        .contains("Deliveries: mine.example/hook</a>");
    String french = scene.cookie(",\"locale\":\"fr\"");
    assertThat(scene.page(french, delivery + "?back=status%3Dexhausted").body())
        .contains(">Livraisons\u202f: en échec</a>");
  }

  @Test
  void nothingElseCanBeMadeTheWayBack() {
    String delivery = "/portal/deliveries/" + scene.deliveryTo(scene.mine);
    for (String back : new String[] {"https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "x%3Dy"}) {
      assertThat(page(delivery + "?back=" + back))
          .contains("<a href=\"/portal/deliveries\">Deliveries</a>")
          .doesNotContain("evil.example");
    }
    assertThat(page(delivery + "?back=endpoint%3D" + scene.theirs.id()))
        .doesNotContain("theirs.example");
  }

  @Test
  void theQuestionAboutSeveralDeliveriesSaysHowMany() {
    scene.publish("c-1", 1);
    String ids =
        scene.all().stream()
            .filter(one -> one.endpoint().equals(scene.mine.id()))
            .map(one -> "id=" + one.id())
            .collect(Collectors.joining("&"));
    assertThat(scene.post(cookie, "/portal/deliveries/retry?status=delivered", ids).body())
        .contains("<h1>Send 2 deliveries?</h1>", ">Send 2</button>")
        .contains("back\"><a href=\"/portal/deliveries?status=delivered\">Deliveries</a>")
        .doesNotContain("Nothing has been sent");
  }

  @Test
  void deliveriesThatWereSentAgainLeadBackToTheirOutcome() {
    String id = "id=" + scene.deliveryTo(scene.mine) + "&confirmed=yes";
    Answer sent = scene.post(cookie, "/portal/deliveries/retry?status=delivered", id);
    String outcome = sent.header("Location");
    String delivery = page(link(page(outcome), "/portal/deliveries/dlv_"));

    String back = link(delivery, "/portal/deliveries/sent");
    assertThat(delivery)
        .contains(
            "<p class=\"crumb back\"><a href=\""
                + back.replace("&", "&amp;")
                + "\">Retried deliveries</a></p>");
    assertThat(page(back))
        .contains("back\"><a href=\"/portal/deliveries?status=delivered\">Deliveries</a>");
  }
}
