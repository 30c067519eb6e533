package dev.hookferry.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.store.Owner;
import dev.hookferry.store.StoreInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Optional: how a store lists the processes that use it. */
@Promise(by = StoreInfo.class, value = "the live processes that use it, longest running first")
public interface NodeListContract extends StoreFixture {
  @Test
  default void listsLiveProcesses(StoreHarness harness) {
    Owner second = harness.register();
    List<StoreInfo.LiveNode> nodes = harness.store().info().nodes();
    assertThat(nodes).extracting(StoreInfo.LiveNode::name).hasSize(2).contains("test-host:4711");
    assertThat(nodes.get(0).since()).isBeforeOrEqualTo(nodes.get(1).since());

    harness.store().deliveries().retire(second);
    assertThat(harness.store().info().nodes()).hasSize(1);
  }
}
