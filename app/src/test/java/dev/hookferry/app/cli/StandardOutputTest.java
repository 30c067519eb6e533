package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.StandardOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class StandardOutputTest {
  private final StringWriter err = new StringWriter();

  @Test
  void aCommandWhoseOutputIsLostFails() {
    assertThat(run("No space left on device", "version")).isEqualTo(ExitCode.FAILED);
    assertThat(err).hasToString("hookferry: cannot write the output: No space left on device\n");
    for (String[] words :
        new String[][] {
          {"--help"}, {"-V"}, {"completion", "fish"}, {"outboxes", "ddl", "--dialect", "h2"}
        }) {
      assertThat(run("No space left on device", words)).isEqualTo(ExitCode.FAILED);
    }
  }

  @Test
  void closedPipeIsNotAFailure() {
    assertThat(run("Broken pipe", "version")).isEqualTo(ExitCode.DONE);
    assertThat(err).hasToString("");
  }

  private int run(String reason, String... words) {
    StandardOutput output =
        new StandardOutput(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException(reason);
              }
            });
    CommandLine line = CommandLines.create(words);
    CommandLines.writeTo(line, output);
    line.setErr(new PrintWriter(err, true));
    return line.execute(words);
  }
}
