package dev.hookferry.outbound;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules for host names and ports that a public webhook must not have. */
final class HostRules {
  /** Domains that, with their subdomains, are local or reserved. */
  private static final List<String> LOCAL_NAMES =
      List.of(
          // This host.
          "localhost",
          "localhost6",
          "localdomain",
          "localdomain6",
          // The local network.
          "local",
          "localnet",
          "internal",
          "intranet",
          "intra",
          "private",
          "corp",
          "domain",
          "workgroup",
          "home",
          "host",
          "lan",
          "mail",
          // Clusters.
          "cluster",
          "consul",
          "docker",
          "svc",
          // Reserved or special-use names.
          "arpa",
          "alt",
          "invalid",
          "onion",
          "test");

  /** The "bad ports" of the Fetch standard, where other protocols listen. */
  private static final String BAD_PORTS =
      "1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111"
          + " 113 115 117 119 123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531"
          + " 532 540 548 554 556 563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045"
          + " 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080";

  /** Databases, caches, queues, and management ports of hosts and clusters. */
  private static final String DATA_PORTS =
      "445 873 1099 1433 1434 1521 1883 2181 2375 2376 2379 2380 2483 2484 3050 3268 3269 3306 3389"
          + " 4222 4369 5432 5433 5439 5555 5671 5672 5900 5984 5985 5986 6379 6380 6432 6650 7199"
          + " 7473 7474 7687 8009 8086 8123 8300 8301 8302 8500 8501 8529 8600 8883 8983 9042 9092"
          + " 9093 9142 9160 9200 9300 10050 10051 10250 10255 11210 11211 15672 16379 25672 26257"
          + " 26379 27017 27018 27019 28015 33060 50000 61613 61616";

  private static final Set<Integer> CLOSED_PORTS = numbers(BAD_PORTS + " " + DATA_PORTS);

  private HostRules() {}

  /** The form of every public top-level domain, present or future. */
  private static final Pattern TOP_LEVEL = Pattern.compile("[a-z]{2,}|xn--.+");

  /**
   * Returns whether a name is local by its form: a single label, a top-level domain that cannot be
   * public, or a reserved domain.
   */
  static boolean isLocal(String name) {
    return name.indexOf('.') < 0
        || !TOP_LEVEL.matcher(name.substring(name.lastIndexOf('.') + 1)).matches()
        || LOCAL_NAMES.stream().anyMatch(local -> ("." + name).endsWith("." + local));
  }

  /** Returns whether this port normally serves a protocol other than HTTP. */
  static boolean isClosed(int port) {
    return CLOSED_PORTS.contains(port);
  }

  private static Set<Integer> numbers(String text) {
    return Stream.of(text.split(" ")).map(Integer::valueOf).collect(Collectors.toUnmodifiableSet());
  }
}
