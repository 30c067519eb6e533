package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.file.record.JournalRecord;
import dev.hookferry.file.record.RecordReader;
import dev.hookferry.file.record.RecordWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which formats of journal files a version reads. */
class JournalFormatTest {
  private static final int NEXT = RecordWriter.FORMAT + 1;

  private static JournalRecord read(String members) throws IOException {
    byte[] line = ("{\"kind\":\"segment\"," + members + "}").getBytes(StandardCharsets.UTF_8);
    return RecordReader.read(line, 0, line.length, true);
  }

  @Test
  void readsItsOwnFormatAndANewerOneThatDeclaresIt() throws IOException {
    JournalRecord expected = new JournalRecord.HeaderRecord(7, 42, 0);

    assertThat(read("\"format\":" + RecordWriter.FORMAT + ",\"number\":7,\"first\":42"))
        .isEqualTo(expected);
    assertThat(
            read(
                "\"format\":%d,\"readableBy\":%d,\"number\":7,\"first\":42,\"tomorrow\":\"x\""
                    .formatted(NEXT, RecordWriter.FORMAT)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"format\":" + NEXT,
        "\"format\":" + NEXT + ",\"readableBy\":" + NEXT,
        "\"format\":0",
        "\"format\":0,\"readableBy\":0",
      })
  void refusesOtherFormatsAndNamesTheVersionToStart(String format) {
    assertThatThrownBy(() -> read(format + ",\"number\":7,\"first\":42"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("this version reads " + RecordWriter.FORMAT)
        .hasMessageContaining("start the version of Hookferry that wrote it");
  }
}
