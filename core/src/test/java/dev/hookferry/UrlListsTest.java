package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commas in the URL lists of QLM's flat view, which semicolons separate. */
class UrlListsTest {
  private static final SiteId SITE = SiteId.DEFAULT;

  private final Embedded embedded = new Embedded();
  private final Settings settings = embedded.webhooks.settings();

  @AfterEach
  void close() {
    embedded.close();
  }

  /** Such a text is also one legal URL, to which nobody would ever listen. */
  @Test
  void urlsSeparatedByCommasAreRefused() {
    for (String list :
        List.of(
            "https://a.example/x,https://b.example/y",
            "https://a.example/x, HTTP://b.example/y",
            "https://c.example/;https://a.example/x,http://b.example/y")) {
      InvalidException refusal = catchThrowableOfType(InvalidException.class, () -> put(list));

      assertThat(refusal.problems())
          .as(list)
          .containsExactly(
              new Problem(
                  "license_created",
                  "must be URLs separated by semicolons: a comma comes before another http:// or"
                      + " https://; write a semicolon instead, or %2C if the comma is part of the"
                      + " URL"));
    }
    assertThat(endpoints()).isEmpty();
  }

  @Test
  void otherCommasBelongToTheUrl() {
    put("https://a.example/x,y?z=1,2");
    String both = "https://b.example/?to=https://c.example/,https://d.example/";
    embedded.webhooks.endpoints().create(SITE, EndpointSpec.to(both).types("license_created"));

    settings.changeServerProperties(SITE, settings.serverProperties(SITE));

    assertThat(endpoints())
        .extracting(endpoint -> endpoint.url().text())
        .containsExactlyInAnyOrder("https://a.example/x,y?z=1,2", both);
  }

  private void put(String list) {
    settings.changeServerProperties(SITE, Map.of("license_created", list));
  }

  private List<Endpoint> endpoints() {
    return embedded.webhooks.endpoints().list(SITE, PageRequest.FIRST).data();
  }
}
