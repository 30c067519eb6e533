package dev.hookferry.app.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

final class LaunchCommandTest {
  private static final String PATH = "/usr/local/bin:/usr/bin::/opt/x";

  @Test
  void isTheLauncherAsItWasTyped() {
    assertThat(launched("bin/hookferry")).isEqualTo("bin/hookferry");
    assertThat(launched("./hookferry")).isEqualTo("./hookferry");
    assertThat(launched("/srv/hookferry-0.1.0/bin/hookferry"))
        .isEqualTo("/srv/hookferry-0.1.0/bin/hookferry");
    assertThat(launched("my files/hookferry")).isEqualTo("\"my files/hookferry\"");
  }

  @Test
  void isTheNameAloneWhereAShellFindsIt() {
    assertThat(launched("/usr/bin/hookferry")).isEqualTo("hookferry");
    assertThat(launched("/usr/bin/x/hookferry")).isEqualTo("/usr/bin/x/hookferry");
  }

  @Test
  void isTheJarWithoutALauncher() {
    assertThat(started("app/target/hookferry.jar demo --keep"))
        .isEqualTo("java -jar app/target/hookferry.jar");
    assertThat(started("/my files/hookferry.jar demo"))
        .isEqualTo("java -jar \"/my files/hookferry.jar\"");
    assertThat(started("dev.hookferry.app.Main demo")).isEqualTo("java -jar hookferry.jar");
    assertThat(LaunchCommand.of(new Properties(), PATH)).isEqualTo("java -jar hookferry.jar");
  }

  private static String launched(String launcher) {
    Properties properties = new Properties();
    properties.setProperty(LaunchCommand.PROPERTY, launcher);
    properties.setProperty("sun.java.command", "/lib/hookferry.jar demo");
    return LaunchCommand.of(properties, PATH);
  }

  private static String started(String line) {
    Properties properties = new Properties();
    properties.setProperty("sun.java.command", line);
    return LaunchCommand.of(properties, PATH);
  }
}
