package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.store.Owner;
import dev.hookferry.store.StoreInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Optional: how a store lists the processes that use it. */
@Promise(by = StoreInfo.class, value = "the live processes that use it, longest running first")
public interface LiveNodesContract extends StoreFixture {
  @Test
  default void listsTheProcessesThatAreAlive(Scene scene) {
    Owner second = scene.register();
    List<StoreInfo.LiveNode> nodes = scene.store().info().nodes();
    assertThat(nodes).extracting(StoreInfo.LiveNode::name).hasSize(2).contains("test-host:4711");
    assertThat(nodes.get(0).since()).isBeforeOrEqualTo(nodes.get(1).since());

    scene.store().deliveries().retire(second);
    assertThat(scene.store().info().nodes()).hasSize(1);
  }
}
