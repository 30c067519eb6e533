package dev.hookferry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.refusal.InvalidException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests of labels that are channels. */
class ChannelsTest {
  @Test
  void aPlainChannelIsReadableInItsLabel() {
    assertThat(Channels.labels(List.of("red", "project_1337")))
        .isEqualTo(Map.of("channel.red", "red", "channel.project_1337", "project_1337"));
  }

  @Test
  void channelsThatDifferHaveLabelsThatDiffer() {
    List<String> all = List.of("Red", "red", "RED", "r/ed", "x".repeat(128), "x".repeat(127));
    Map<String, String> labels = Channels.labels(all);
    assertThat(labels).hasSize(all.size());
    assertThat(Channels.in(labels)).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void oneChannelInCommonSufficesButAllOtherLabels() {
    Map<String, String> endpoint =
        Map.of("channel.red", "red", "channel.blue", "blue", "region", "eu");
    assertThat(Channels.satisfied(Map.of("channel.red", "red", "region", "eu"), endpoint)).isTrue();
    assertThat(Channels.satisfied(Map.of("channel.red", "red"), endpoint)).isFalse();
    assertThat(Channels.satisfied(Map.of("region", "eu"), endpoint)).isFalse();
    assertThat(Channels.satisfied(Map.of("channel.red", "other", "region", "eu"), endpoint))
        .isFalse();
    assertThat(Channels.satisfied(Map.of("channel.red", "red"), Map.of())).isTrue();
  }

  @Test
  void aChannelHasALimit() {
    assertThatThrownBy(() -> Channels.labels(List.of("x".repeat(129))))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("128");
  }
}
