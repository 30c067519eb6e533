package dev.hookferry.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.demo.DemoReceivers.ReceiverRole;
import dev.hookferry.app.receiver.Received;
import dev.hookferry.signing.SignatureCheck;
import java.util.List;

/** Checks the evidence against the expected results. */
final class Findings {
  private final Evidence evidence;
  private final int events;

  Findings(Evidence evidence, int events) {
    this.evidence = evidence;
    this.events = events;
  }

  List<DemoFinding> all() {
    return List.of(healthy(), recovering(), broken(), sameBytes(), signed(), logged());
  }

  private DemoFinding healthy() {
    long first = at(ReceiverRole.CRM, "delivered").stream().filter(a -> number(a) == 1).count();
    return new DemoFinding(
        first == events && received(ReceiverRole.CRM).size() == events,
        "/crm received each of the " + events + " events once, on the first attempt");
  }

  private DemoFinding recovering() {
    int expected = DemoReceivers.FAILURES + 1;
    List<JsonNode> delivered = at(ReceiverRole.BILLING, "delivered");
    return new DemoFinding(
        delivered.size() == 1
            && number(delivered.get(0)) == expected
            && received(ReceiverRole.BILLING).size() == expected,
        "/billing failed twice and received its event on attempt " + expected);
  }

  private DemoFinding broken() {
    List<JsonNode> exhausted =
        evidence.deliveries().stream()
            .filter(d -> d.path("status").asText().equals("exhausted"))
            .toList();
    int expected = Demo.RETRIES + 1;
    return new DemoFinding(
        exhausted.size() == 1
            && exhausted.get(0).path("attempts").asInt() == expected
            && received(ReceiverRole.ARCHIVE).size() == expected,
        "/archive was tried " + expected + " times; its delivery is exhausted and can be retried");
  }

  private DemoFinding sameBytes() {
    boolean same =
        evidence.received().stream()
            .allMatch(
                one ->
                    evidence.received().stream()
                        .filter(other -> other.event().equals(one.event()))
                        .allMatch(other -> other.body().equals(one.body())));
    return new DemoFinding(same, "every retry had the same bytes and the same webhook-id");
  }

  private DemoFinding signed() {
    boolean valid =
        evidence.received().stream()
            .map(evidence::signatures)
            .allMatch(
                checks -> checks.size() == 2 && checks.stream().allMatch(SignatureCheck::isValid));
    return new DemoFinding(
        valid,
        "all "
            + evidence.received().size()
            + " requests carry X-QLM-Signature and webhook-signature, both valid");
  }

  private DemoFinding logged() {
    boolean whole =
        evidence.attempts().size() == evidence.received().size()
            && evidence.attempts().stream().allMatch(a -> evidence.received(a).isPresent());
    return new DemoFinding(
        whole,
        "the log has " + evidence.attempts().size() + " attempts, one for each request received");
  }

  private List<JsonNode> at(ReceiverRole actor, String outcome) {
    return evidence.attempts().stream()
        .filter(a -> a.path("url").asText().endsWith(actor.path()))
        .filter(a -> a.path("outcome").asText().equals(outcome))
        .toList();
  }

  private List<Received> received(ReceiverRole actor) {
    return evidence.received().stream().filter(r -> r.path().equals(actor.path())).toList();
  }

  private static int number(JsonNode attempt) {
    return attempt.path("number").asInt();
  }
}
