package dev.hookferry.contract.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.AttackCase;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses with unusual framing, one byte per character. */
public interface ResponseFramingContract extends TransportFixture {
  /** The responses of the table. */
  static Stream<AttackCase> responses() {
    return AttackCase.ofKind("answer");
  }

  @ParameterizedTest
  @MethodSource("dev.hookferry.contract.transport.ResponseFramingContract#responses")
  default void acceptsOnlyUnambiguousFraming(AttackCase attack) throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.of(
                connection -> {
                  connection.read();
                  connection.write(attack.input().getBytes(StandardCharsets.ISO_8859_1));
                });
        Transport transport = transport(TransportSetup.loopback())) {
      Outcome outcome = TransportFixture.send(transport, receiver.url("/"));

      String expected = attack.expected().replace("OK", "DELIVERED").replace("FAIL ", "");
      assertThat(outcome.kind())
          .as(outcome.detail())
          .isEqualTo(OutcomeKind.valueOf(expected.toUpperCase(Locale.ROOT)));
      assertThat(outcome.detail()).doesNotContain("Exception", "java.", "netty");
    }
  }
}
