package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.body.BodySettings;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Signature;
import dev.hookferry.transport.SignedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signature that is accepted is sent, whatever else an endpoint sends. */
class SignatureHeadersTest {
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  /** All profiles, and headers of the user's choice that others use, too. */
  private static final List<String> SIGNATURES =
      List.of(
          "standard",
          "qlm",
          "svix",
          "github",
          "stripe",
          "shopify",
          "slack",
          "convoy",
          "convoy mode=advanced",
          "convoy header=webhook-id",
          "outpost",
          "outpost mode=standard",
          "outpost headerPrefix=webhook-",
          "outpost idHeader=webhook-signature",
          "outpost header=X-Same idHeader=X-Same",
          "outpost timestampHeader=X-Same typeHeader=x-same",
          "hook0",
          "hook0 header=X-Event-Id",
          "hook0 header=X-GitHub-Event",
          "webhookx",
          "ed25519",
          "http-message-signatures",
          "http-message-signatures algorithm=ed25519",
          "custom header=X-Acme-Digest",
          "custom header=webhook-id",
          "custom header=Webhook-Timestamp",
          "custom header=webhook-signature",
          "custom header=Webhook-Signature prefix=v1, content=id.timestamp.body encoding=base64",
          "custom header=svix-id",
          "custom header=Signature-Input",
          "custom header=ce-id",
          "custom header=traceparent",
          "custom header=tracestate");

  private final Embedded embedded = new Embedded();

  @AfterEach
  void close() {
    embedded.close();
  }

  private boolean create(String url, EndpointSpec asked, List<String> signatures) {
    List<Signature> all = signatures.stream().map(Signature::parse).toList();
    EndpointSpec spec = asked.types("*").qlmSecret("s3cr3t").signatures(all);
    try {
      var made = embedded.webhooks.endpoints().create(Embedded.SITE, spec);
      return made.endpoint().url().text().equals(url);
    } catch (InvalidException e) {
      assertThat(e.problems())
          .as(signatures.toString())
          .allSatisfy(problem -> assertThat(problem.field()).startsWith("signatures["));
      return false;
    }
  }

  @Test
  void requestsHaveTheOwnHeaderOfEachAcceptedSignature() {
    Map<String, List<String>> accepted = new HashMap<>();
    int refused = 0;
    for (String one : SIGNATURES) {
      for (String two : SIGNATURES) {
        List<String> both = one.equals(two) ? List.of(one) : List.of(one, two);
        String url = "https://crm.example/" + accepted.size();
        EndpointSpec plain = EndpointSpec.to(url);
        EndpointSpec asked =
            switch (accepted.size() % 3) {
              case 0 -> plain;
              case 1 -> plain.propagateTrace(true);
              default -> plain.body(BodySettings.binaryCloudEvents());
            };
        if (create(url, asked, both)) {
          accepted.put(url, both);
        } else {
          refused++;
        }
      }
    }
    assertThat(accepted).hasSizeGreaterThan(300);
    assertThat(refused).isGreaterThan(100);
    NewEvent event =
        NewEvent.of("license_created", "{}").traceparent(TRACE).tracestate("congo=t61rcWkgMzE");
    var unused = embedded.webhooks.publish(Embedded.SITE, event).join();
    Poll.until(() -> embedded.transport.requests().size() == accepted.size());
    for (SignedRequest sent : embedded.transport.requests()) {
      check(sent, Objects.requireNonNull(accepted.get(sent.url().text())));
    }
  }

  private static void check(SignedRequest sent, List<String> signatures) {
    List<String> known = new ArrayList<>(values(sent, "webhook-id"));
    known.addAll(values(sent, "webhook-timestamp"));
    known.add(TRACE);
    for (String text : signatures) {
      Signature signature = Signature.parse(text);
      List<String> own = values(sent, signature.headers().get(0));
      assertThat(own).as("%s of %s", text, signatures).hasSize(1);
      assertThat(own.get(0)).as("%s of %s", text, signatures).doesNotStartWith("sig1=(");
      assertThat(known).as("%s of %s", text, signatures).doesNotContain(own.get(0));
      for (String name : signature.headers()) {
        assertThat(values(sent, name)).as("%s of %s in %s", name, text, signatures).hasSize(1);
      }
    }
    if (signatures.contains("ed25519")) {
      assertThat(values(sent, "webhook-signature").get(0)).as("%s", signatures).contains("v1a,");
    }
    if (signatures.contains("standard") || signatures.contains("outpost mode=standard")) {
      assertThat(values(sent, "webhook-signature").get(0)).as("%s", signatures).contains("v1,");
    }
  }

  private static List<String> values(SignedRequest sent, String name) {
    return sent.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(SignedRequest.Header::value)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "custom header=webhook-id | signatures[0].webhook-id: is already set to something"
            + " other than the signature; choose another name",
        "svix;custom header=svix-id | signatures[1].svix-id: is also sent by the signature svix;"
            + " choose another name",
        "custom header=svix-id;svix | signatures[0].svix-id: is also sent by the signature svix;"
            + " choose another name",
        "custom header=webhook-signature;ed25519 | signatures[0].webhook-signature: is also sent by"
            + " the signature ed25519; choose another name",
        "custom header=CE-Id | signatures[0].CE-Id: is also sent by CloudEvents in binary mode;"
            + " choose another name",
        "custom header=traceparent | signatures[0].traceparent: is also sent by propagateTrace;"
            + " choose another name",
        "outpost headerPrefix=webhook- | signatures[0].webhook-Timestamp: already has another"
            + " value; choose another name",
      })
  void refusalsNameFieldRuleAndRemedy(String signatures, String problem) {
    List<Signature> all = Stream.of(signatures.split(";", -1)).map(Signature::parse).toList();
    EndpointSpec spec =
        EndpointSpec.to("https://crm.example/")
            .types("*")
            .propagateTrace(true)
            .body(BodySettings.binaryCloudEvents())
            .signatures(all);
    assertThatThrownBy(() -> embedded.webhooks.endpoints().create(Embedded.SITE, spec))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void anotherBodyOrTraceMustLeaveSignaturesTheirHeaders() {
    EndpointSpec spec =
        EndpointSpec.to("https://crm.example/")
            .types("*")
            .signatures(
                Stream.of("custom header=ce-id", "custom header=traceparent")
                    .map(Signature::parse)
                    .toList());
    var id = embedded.webhooks.endpoints().create(Embedded.SITE, spec).endpoint().id();
    for (EndpointSpec change :
        List.of(
            EndpointSpec.change().body(BodySettings.binaryCloudEvents()),
            EndpointSpec.change().propagateTrace(true))) {
      assertThatThrownBy(() -> embedded.webhooks.endpoints().change(Embedded.SITE, id, change))
          .isInstanceOf(InvalidException.class)
          .hasMessageContaining("signatures[");
    }
  }
}
