package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Signature;
import dev.hookferry.transport.SignedRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The user agent of requests, which receivers may know from another sender. */
class UserAgentTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String URL = "https://crm.example/hook";

  private final Embedded embedded = new Embedded();
  private final Endpoints endpoints = embedded.webhooks.endpoints();

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void aCustomOneReplacesOurs() {
    EndpointId id =
        endpoints
            .create(SITE, EndpointSpec.to(URL).types("*").header("X-Team", "blue"))
            .endpoint()
            .id();
    assertThat(agents(id)).singleElement().asString().startsWith("Hookferry");

    endpoints.change(SITE, id, EndpointSpec.change().header("user-agent", "Svix-Webhooks/1.100.0"));
    assertThat(agents(id)).containsExactly("Svix-Webhooks/1.100.0");
  }

  @Test
  void aSignatureIsNotWrittenIntoIt() {
    Signature custom =
        Signature.parse("custom header=User-Agent algorithm=hmac-sha256 encoding=hex content=body");
    assertThatThrownBy(
            () ->
                endpoints.create(SITE, EndpointSpec.to(URL).types("*").signatures(List.of(custom))))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("User-Agent: is reserved");
  }

  private List<String> agents(EndpointId id) {
    assertThat(endpoints.test(SITE, id).join().outcome().isSuccess()).isTrue();
    List<SignedRequest> sent = embedded.transport.requestsTo(URL);
    return sent.get(sent.size() - 1).headers().stream()
        .filter(header -> header.name().equalsIgnoreCase("User-Agent"))
        .map(SignedRequest.Header::value)
        .toList();
  }
}
