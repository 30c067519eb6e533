package dev.hookferry.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.refusal.InvalidException;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTextTest {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  @Test
  void writesTheWholeRange() {
    assertThat(IdText.write("x_", new UUID(0, 0))).isEqualTo("x_" + "0".repeat(26));
    assertThat(IdText.write("x_", new UUID(0, 33))).isEqualTo("x_" + "0".repeat(24) + "11");
    assertThat(IdText.write("x_", new UUID(-1, -1))).isEqualTo("x_7" + "z".repeat(25));
  }

  @Test
  void readsBackWhatItWrote() {
    Random random = new Random(1);
    Stream.concat(
            Stream.of(new UUID(0, 0), new UUID(-1, -1), new UUID(0, -1), new UUID(-1, 0)),
            Stream.generate(() -> new UUID(random.nextLong(), random.nextLong())).limit(1000))
        .forEach(id -> assertThat(IdText.read("p_", IdText.write("p_", id))).isEqualTo(id));
  }

  @Test
  void sortsLikeTheIds() {
    Random random = new Random(2);
    List<UUID> ids =
        Stream.generate(() -> new UUID(random.nextLong(), random.nextLong())).limit(500).toList();

    List<UUID> byText =
        ids.stream().sorted((a, b) -> IdText.write("", a).compareTo(IdText.write("", b))).toList();

    assertThat(byText)
        .isSortedAccordingTo(
            (a, b) ->
                a.getMostSignificantBits() == b.getMostSignificantBits()
                    ? Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits())
                    : Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "p_",
        "p_0000000000000000000000000",
        "p_000000000000000000000000000",
        "q_00000000000000000000000000",
        "P_00000000000000000000000000",
        "p_0000000000000000000000000A",
        "p_0000000000000000000000000i",
        "p_0000000000000000000000000l",
        "p_0000000000000000000000000o",
        "p_0000000000000000000000000u",
        "p_0000000000000000000000000-",
        "p_0000000000000000000000000é",
        " p_0000000000000000000000000",
        "p_80000000000000000000000000",
        "p_zzzzzzzzzzzzzzzzzzzzzzzzzz"
      })
  void rejectsEverythingElse(String text) {
    assertThatThrownBy(() -> IdText.read("p_", text))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("id: must be p_");
  }

  @Test
  void acceptsOneSpellingOfEachId() {
    String text = IdText.write("", new UUID(0x0123456789abcdefL, 0xfedcba9876543210L));
    UUID id = IdText.read("", text);
    for (int i = 0; i < text.length(); i++) {
      for (char c : ALPHABET.toCharArray()) {
        String other = text.substring(0, i) + c + text.substring(i + 1);
        if (!other.equals(text) && (i > 0 || c < '8')) {
          assertThat(IdText.read("", other)).isNotEqualTo(id);
        }
      }
    }
  }

  @Test
  void eachKindOfIdHasItsPrefix() {
    UUID id = new UUID(1, 2);
    assertThat(new DeliveryId(id)).hasToString(IdText.write("dlv_", id));
    assertThat(new AttemptId(id)).hasToString(IdText.write("att_", id));
    assertThat(new EndpointId(id)).hasToString(IdText.write("ep_", id));
    assertThat(new KeyId(id)).hasToString(IdText.write("key_", id));
    assertThat(DeliveryId.parse(new DeliveryId(id).toString()).value()).isEqualTo(id);
    assertThat(AttemptId.parse(new AttemptId(id).toString()).value()).isEqualTo(id);
    assertThat(EndpointId.parse(new EndpointId(id).toString()).value()).isEqualTo(id);
    assertThat(KeyId.parse(new KeyId(id).toString()).value()).isEqualTo(id);
    assertThatThrownBy(() -> DeliveryId.parse(new AttemptId(id).toString()))
        .isInstanceOf(InvalidException.class);
  }
}
