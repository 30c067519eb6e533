package dev.hookferry.app.server;

import static dev.hookferry.app.server.DoctorFindings.HERE;
import static dev.hookferry.app.server.DoctorFindings.examine;
import static dev.hookferry.app.server.DoctorFindings.failure;
import static dev.hookferry.app.server.DoctorFindings.one;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.doctor.Diagnosis;
import dev.hookferry.app.doctor.Diagnosis.Level;
import dev.hookferry.app.doctor.MachineInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor tells a resolver that fails from receivers whose names are wrong. */
final class DoctorNamesTest {
  private static final MachineInfo DEAF =
      HERE.withNames(
          host -> {
            throw new UnknownHostException(host);
          });

  @TempDir private Path folder;

  @Test
  void namesThatDoNotResolveAreFound() throws IOException {
    Path store = folder.resolve("store");
    try (ServerFixture fixture = new ServerFixture("file:" + store)) {
      fixture.tenant().endpoint("https://crm.invalid/x", "*");
      fixture.tenant().endpoint("https://shop.invalid/x", "*");
    }
    String[] local = {"--store", "file:" + store, "--allow-network", "127.0.0.0/8"};
    Diagnosis none = failure(examine(folder, DEAF, local), "dns");
    assertThat(none.text()).isEqualTo("none of the 2 names resolves: crm.invalid, shop.invalid");
    assertThat(none.remedy()).contains("/etc/resolv.conf");
    MachineInfo half =
        HERE.withNames(
            host -> {
              if (host.startsWith("shop")) {
                throw new UnknownHostException(host);
              }
              return List.of(InetAddress.getByName("93.184.215.14"));
            });
    assertThat(one(examine(folder, half, local), "dns").text())
        .isEqualTo("1 of 2 names do not resolve: shop.invalid");
  }

  @Test
  void namesTheHostLookedUpInsteadOfReceivers() {
    assertThat(one(examine(folder, DEAF, "--store", "memory"), "dns"))
        .returns(Level.WARNING, Diagnosis::level)
        .returns(
            "example.com, looked up because there are no endpoints yet, does not resolve",
            Diagnosis::text);
    assertThat(one(examine(folder, HERE, "--store", "memory"), "dns"))
        .returns(Level.OK, Diagnosis::level)
        .returns("example.com resolves (no endpoints yet)", Diagnosis::text);
  }

  @Test
  void looksUpNoNameIfTheEndpointsWereNotRead() {
    String[] unread = {"--store", "jdbc:h2:file:" + folder.resolve("db")};
    assertThat(one(examine(folder, DEAF, unread), "dns"))
        .returns(Level.SKIPPED, Diagnosis::level)
        .returns("the endpoints were not read", Diagnosis::text);
  }

  @Test
  void singleUnresolvableNameDoesNotBlameTheResolver() throws IOException {
    Path store = folder.resolve("store");
    try (ServerFixture fixture = new ServerFixture("file:" + store)) {
      fixture.tenant().endpoint("https://crm.invalid/x", "*");
    }
    String[] local = {"--store", "file:" + store, "--allow-network", "127.0.0.0/8"};
    assertThat(one(examine(folder, DEAF, local), "dns"))
        .returns(Level.WARNING, Diagnosis::level)
        .returns("the only name does not resolve: crm.invalid", Diagnosis::text);
  }

  @Test
  void aResolverThatLeadsEverywhereToThisMachineIsFound() throws IOException {
    MachineInfo captive = HERE.withNames(host -> List.of(InetAddress.getByName("127.0.0.1")));
    List<Diagnosis> findings = examine(folder, captive, "--store", "memory");
    assertThat(one(findings, "dns"))
        .returns(Level.WARNING, Diagnosis::level)
        .returns(
            "example.com resolves to an address that the outbound guard blocks", Diagnosis::text);
    assertThat(findings).noneMatch(finding -> finding.text().contains("could not be checked"));
  }
}
