package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Null is refused by the name of the parameter. */
@SuppressWarnings("NullAway")
class OpenArgumentsTest {
  @TempDir private Path directory;

  @Test
  void nullIsRefusedByName() {
    InstantSource clock = InstantSource.system();
    FileStoreOptions options = FileStoreOptions.DEFAULT;
    Map<ThrowingCallable, String> calls =
        Map.of(
            () -> FileStore.open(null, clock), "directory",
            () -> FileStore.open(directory, null), "clock",
            () -> FileStore.open(null, options, clock), "directory",
            () -> FileStore.open(directory, null, clock), "options",
            () -> FileStore.open(directory, options, null), "clock",
            () -> FileStore.inspect(null), "directory",
            () -> FileStore.openSource(null), "directory",
            () -> FileStore.openTarget(null, options, clock), "directory");
    calls.forEach(
        (call, name) ->
            assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(name));
  }
}
