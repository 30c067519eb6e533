package dev.hookferry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NodeTest {
  @Test
  void aNodeIsNamedAfterItsHostAndProcessWithARandomSuffix() throws UnknownHostException {
    assertThat(Node.ofProcess().name())
        .startsWith(InetAddress.getLocalHost().getHostName() + "/")
        .matches(".+/" + ProcessHandle.current().pid() + "/[0-9a-f]{4}");
    assertThat(Stream.generate(Node::ofProcess).limit(20).distinct().count()).isGreaterThan(1);
  }
}
