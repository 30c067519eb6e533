package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.doctor.Diagnosis;
import dev.hookferry.app.doctor.Diagnosis.Level;
import dev.hookferry.app.doctor.Doctor;
import dev.hookferry.app.doctor.MachineInfo;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the doctor in this process, and picks from what it finds. */
final class DoctorFindings {
  /** This machine, with enough of everything, where every name resolves. */
  static final MachineInfo HERE =
      MachineInfo.current()
          .withNames(host -> List.of(InetAddress.getByName("93.184.215.14")))
          .withMachine(4L << 30, 1L << 30, 1 << 20);

  private DoctorFindings() {}

  /** Examines with flags and their values, and with any free port unless one is given. */
  static List<Diagnosis> examine(Path folder, MachineInfo machine, String... flags) {
    Map<String, List<String>> given = new HashMap<>(Map.of("--port", List.of("0")));
    for (int i = 0; i < flags.length; i += 2) {
      given.put(flags[i], List.of(flags[i + 1]));
    }
    List<Diagnosis> findings = new ArrayList<>();
    new Doctor(machine, findings::add).examine(new ConfigSources(folder, null, Map.of(), given));
    return findings;
  }

  static Diagnosis failure(List<Diagnosis> findings, String check) {
    Diagnosis finding = one(findings, check);
    assertThat(finding.level()).as(finding.toString()).isEqualTo(Level.FAILURE);
    return finding;
  }

  static Diagnosis one(List<Diagnosis> findings, String check) {
    return findings.stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError(check + ": " + findings));
  }
}
