package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.http.console.Person.Shown;
import dev.hookferry.port.PageRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointPagesTest {
  private static final String LIST = "/sites/default/endpoints";
  private static final String CRM = "https://crm.example/hook";
  private static final String NEW =
      "url=" + Values.encoded(CRM) + "&type=license_created&patterns=customer_*&signature=qlm";

  private final Place place = new Place();
  private final Person admin = place.admin();

  @AfterEach
  void close() {
    place.close();
  }

  @Test
  void aNewOneIsPausedAndShowsItsSecretOnce() {
    Shown made = admin.post(LIST, NEW);
    assertThat(made.body()).contains("paused: it gets nothing but tests", "whsec_");
    Endpoint endpoint = only();
    assertThat(endpoint.enabled()).isFalse();
    assertThat(EndpointRow.types(endpoint)).isEqualTo("license_created, customer_*");
    assertThat(admin.get(LIST + "/" + endpoint.id()).body()).doesNotContain("shown this once");
  }

  @Test
  void aUrlThatMayNotBeCalledIsRefusedAtItsField() {
    place.transport.refusing("crm.example");
    Shown refused = admin.post(LIST, NEW);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains("That does not fit", "value=\"" + CRM + "\"")
        .containsPattern("id=\"url\"[^>]*aria-invalid=\"true\"");
    assertThat(all()).isEmpty();
  }

  @Test
  void aNameThatDoesNotResolveIsAWarning() {
    place.transport.notResolving("crm.example");
    assertThat(admin.post(LIST, NEW).body())
        .contains("Mind: the name crm.example does not resolve");
  }

  @Test
  void aTestIsSentWhileItIsPausedAndItsAnswerShown() {
    place.transport.answering(CRM, 410);
    admin.post(LIST, NEW);
    assertThat(admin.post(page() + "/test", "").body())
        .contains("The answer to the test", "HTTP 410", "gone for good");
    assertThat(admin.get(page()).body()).doesNotContain("The answer to the test");
  }

  @Test
  void itIsSwitchedOnChangedAndGivenANewSecret() {
    admin.post(LIST, NEW);
    assertThat(admin.post(page() + "/resume", "").body()).contains("is switched on");
    assertThat(only().enabled()).isTrue();
    assertThat(admin.post(page() + "/pause", "").body()).contains("is paused");
    String changed =
        NEW + "&ownRetry=on&maxRetries=3&interval=60&exponential=on&headers=X-Team%3A+billing";
    assertThat(admin.post(page() + "/edit", changed).body())
        .contains("The endpoint is changed.", "3, every 60 s, doubling (its own)")
        .contains("X-Team: billing");
    assertThat(admin.get(page() + "/edit").body()).contains("X-Team: billing</textarea>");
    assertThat(admin.post(page() + "/edit", NEW + "&ownRetry=on&maxRetries=many").body())
        .contains("maxRetries: must be a whole number");
    assertThat(admin.post(page() + "/edit", NEW + "&headers=nonsense").body())
        .contains("must be lines such as");
    assertThat(admin.post(page() + "/rotate", "hours=24").body())
        .contains("whsec_", "2 whsec_ secrets sign");
  }

  @Test
  void itIsRemovedByNameOnly() {
    admin.post(LIST, NEW);
    assertThat(admin.get(page()).body()).contains("Remove this endpoint");
    assertThat(admin.post(page() + "/remove", "").body()).contains(CRM + " is removed.");
    assertThat(all()).isEmpty();
  }

  @Test
  void theCodeForReceiversIsThatOfTheManual() {
    assertThat(Snippets.schemes()).containsExactly("X-QLM-Signature", "Standard Webhooks");
    assertThat(Snippets.of("Standard Webhooks").stream().map(Snippets.Snippet::language))
        .containsExactly("Java", "C#", "PHP", "Node", "Python");
    assertThat(Snippets.ALL).allMatch(snippet -> snippet.code().length() > 50);
  }

  private String page() {
    return LIST + "/" + only().id();
  }

  private Endpoint only() {
    assertThat(all()).hasSize(1);
    return all().get(0);
  }

  private List<Endpoint> all() {
    return place.hookferry.webhooks().endpoints().list(SiteId.DEFAULT, PageRequest.FIRST).data();
  }
}
