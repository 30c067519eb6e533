package dev.hookferry.app.server;

import dev.hookferry.contract.support.AttackCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The targets that the server is made to deliver to, and the addresses of the names among them. */
final class GuardTargets {
  /** Some of the addresses that must not be reached; a connection to each is noticed. */
  static final List<String> CANARIES =
      List.of(
          "127.0.0.1",
          "127.9.9.9",
          "10.1.2.3",
          "169.254.169.254",
          "172.16.0.1",
          "192.168.1.1",
          "168.63.129.16",
          "100.64.0.1",
          "93.184.216.50",
          "::1",
          "fd00::5",
          "fd00:ec2::254",
          "64:ff9b::a9fe:a9fe",
          "2002:7f00:1::1",
          "2606:2800:220:1::50");

  private GuardTargets() {}

  /** The URLs that must be refused, with the code of the reason. */
  static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    boolean[] secure = new boolean[1];
    AttackCase.ofKind("ssrf-ip")
        .filter(attack -> attack.expected().equals("DENY_ADDRESS"))
        .forEach(
            attack -> {
              secure[0] = !secure[0];
              String host =
                  attack.input().contains(":") ? "[" + attack.input() + "]" : attack.input();
              all.put((secure[0] ? "https://" : "http://") + host + "/", "(url_address)");
            });
    AttackCase.ofKind("ssrf-url")
        .filter(attack -> attack.expected().matches("DENY_(ADDRESS|HOST|PORT)"))
        .forEach(
            attack ->
                all.put(
                    attack.input(),
                    "(url_" + attack.expected().substring(5).toLowerCase(Locale.ROOT) + ")"));
    for (String name : Names.HOSTILE.keySet()) {
      all.put("https://" + name + "/", "(url_address)");
      all.put("http://" + name + ":8080/", "(url_address)");
    }
    return all;
  }

  /** Addresses of the names, before and after they turn hostile. */
  static final class Names implements Function<String, NameServer.Answer> {
    static final Map<String, NameServer.Answer> HOSTILE =
        Map.of(
            "rebound.example.com", to("127.0.0.1"),
            "rebound6.example.com", to("::1"),
            "mixed.example.com", to("93.184.216.34", "10.0.0.1"),
            "mixed6.example.com", to("93.184.216.34", "fd00::5"),
            "nat64.example.com", to("64:ff9b::a9fe:a9fe"),
            "metadata.example.com", to("169.254.169.254"),
            "own.example.com", to("93.184.216.50"),
            "own6.example.com", to("2606:2800:220:1::50"),
            "alias.example.com", new NameServer.Answer("inside.example.net", List.of("10.0.0.5")));

    private static final NameServer.Answer PUBLIC = to("93.184.216.34");
    private static final NameServer.Answer INSIDE = to("10.7.7.7");
    private static final Map<String, NameServer.Answer> OTHERS =
        Map.of(
            "good.example.com", PUBLIC,
            "example.com", PUBLIC,
            "127.0.0.1.nip.io", to("127.0.0.1"),
            "localtest.me", to("127.0.0.1"),
            "v6only.example.net", to("fd00::5"));

    private volatile boolean hostile;

    private static NameServer.Answer to(String... addresses) {
      return new NameServer.Answer("", List.of(addresses));
    }

    /** Whether the URL's name is one that is public at its registration. */
    static boolean turns(String url) {
      return url.contains("//rebound");
    }

    /** From now on, names that were public lead inside. */
    void turn() {
      hostile = true;
    }

    @Override
    public NameServer.Answer apply(String asked) {
      String name = asked.toLowerCase(Locale.ROOT);
      if (name.startsWith("rebound") && !hostile) {
        return PUBLIC;
      }
      return HOSTILE.getOrDefault(name, OTHERS.getOrDefault(name, INSIDE));
    }
  }
}
